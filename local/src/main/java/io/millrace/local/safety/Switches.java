package io.millrace.local.safety;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.rollout.SafetyFlag;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The safety flags as they stand on the topic of flags. */
public final class Switches {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Switches() {}

    /** What each says now. */
    public static Map<SafetyFlag, Switch> read(KafkaConnection kafka) {
        Map<SafetyFlag, Switch> found = new EnumMap<>(SafetyFlag.class);
        for (SafetyFlag flag : SafetyFlag.values()) {
            found.put(flag, Switch.OFF);
        }
        TopicScan.read(kafka, List.of(Topics.FLAGS), LIMIT, record -> {
            String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
            for (SafetyFlag flag : SafetyFlag.values()) {
                if (flag.key().equals(key)) {
                    found.put(flag, record.value() == null ? Switch.OFF : Switch.of(record.value()));
                }
            }
        });
        return found;
    }

    /** Returns once the broker has it. */
    public static void set(KafkaConnection kafka, SafetyFlag flag, Switch to) {
        TopicPublisher.send(
                kafka, new ProducerRecord<>(Topics.FLAGS, flag.key().getBytes(StandardCharsets.UTF_8), to.toFlag()));
    }
}
