package io.millrace.connectors.kafka;

import io.millrace.schema.wire.AddressedRecord;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes finished records to the topics that they name; Kafka chooses the partition by the key. */
final class AddressedRecordSerializer implements KafkaRecordSerializationSchema<AddressedRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public ProducerRecord<byte[], byte[]> serialize(AddressedRecord element, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                element.topic(),
                null,
                null,
                element.key(),
                element.value(),
                OutboundRecordSerializer.headers(element.headers()));
    }
}
