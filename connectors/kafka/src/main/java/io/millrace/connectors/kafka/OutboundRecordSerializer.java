package io.millrace.connectors.kafka;

import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordHeader;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Writes finished records to one topic; Kafka chooses the partition by the key. */
final class OutboundRecordSerializer implements KafkaRecordSerializationSchema<OutboundRecord> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    OutboundRecordSerializer(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(OutboundRecord element, KafkaSinkContext context, Long timestamp) {
        // No timestamp: the broker stamps the records of Millrace's topics.
        return new ProducerRecord<>(topic, null, null, element.key(), element.value(), headers(element.headers()));
    }

    static List<Header> headers(List<RecordHeader> given) {
        if (given.isEmpty()) {
            return List.of();
        }
        List<Header> headers = new ArrayList<>(given.size());
        for (RecordHeader header : given) {
            headers.add(new org.apache.kafka.common.header.internals.RecordHeader(header.key(), header.value()));
        }
        return headers;
    }
}
