package io.millrace.bench;

import io.millrace.connectors.kafka.KafkaConnection;
import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.connectors.kafka.SinkSettings;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Copies a topic to another: what Kafka and Flink cost without any work between. */
final class CopyJob {

    private CopyJob() {}

    static void define(StreamExecutionEnvironment env, String bootstrapServers, String from, String to, String group) {
        KafkaConnection kafka = new KafkaConnection(bootstrapServers, new Properties());
        env.fromSource(kafka.source(from, group, Duration.ofSeconds(30)), WatermarkStrategy.noWatermarks(), "source")
                .uid("source")
                .map(CopyJob::copy, TypeInformation.of(OutboundRecord.class))
                .uid("copy")
                .sinkTo(kafka.sink(
                        to,
                        new SinkSettings(
                                Delivery.AT_LEAST_ONCE, group, Duration.ofMinutes(5), Duration.ofMillis(5), 1 << 20)))
                .uid("sink");
    }

    private static OutboundRecord copy(SourceRecord source) {
        return new OutboundRecord(source.key(), source.value(), source.headers());
    }
}
