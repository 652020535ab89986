package io.millrace.connectors.kafka;

import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.OutboundRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes dead letters to their topic, cut to what it takes. */
final class DeadLetterSerializer implements KafkaRecordSerializationSchema<OutboundRecord> {
    private static final long serialVersionUID = 1L;
    private static final String TRUNCATED = "truncated_dead_letters";

    private final OutboundRecordSerializer records;
    private final int maxBytes;

    private transient Counter truncated;

    DeadLetterSerializer(String topic, int maxBytes) {
        this.records = new OutboundRecordSerializer(topic);
        this.maxBytes = maxBytes;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext) {
        truncated = context.getMetricGroup().counter(TRUNCATED);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(OutboundRecord letter, KafkaSinkContext context, Long timestamp) {
        OutboundRecord fitting = DeadLetters.within(letter, maxBytes);
        if (fitting != letter) {
            truncated.inc();
        }
        return records.serialize(fitting, context, timestamp);
    }
}
