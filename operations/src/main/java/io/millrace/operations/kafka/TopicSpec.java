package io.millrace.operations.kafka;

import io.millrace.schema.wire.RecordSize;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic as it should be.
 *
 * @param partitions at least 1
 * @param settings topic settings by Kafka's own names; what is not named keeps the broker's default
 */
public record TopicSpec(String name, int partitions, Map<String, String> settings) {

    public TopicSpec {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has at least one partition: " + name);
        }
        settings = Map.copyOf(settings);
    }

    /**
     * A topic of Millrace: each record carries the time at which the broker appended it, and takes what it says it
     * takes.
     */
    public static TopicSpec logAppended(String name, int partitions) {
        return new TopicSpec(
                name,
                partitions,
                Map.of(
                        "message.timestamp.type",
                        "LogAppendTime",
                        "compression.type",
                        "uncompressed",
                        "max.message.bytes",
                        Integer.toString(RecordSize.MOST_READ_BYTES)));
    }

    /** Such a topic that holds dead letters, which are larger than what others take. */
    public static TopicSpec deadLetters(String name, int partitions) {
        return logAppended(name, partitions)
                .with("max.message.bytes", Integer.toString(TopicAdmin.DEAD_LETTER_MAX_BYTES));
    }

    /** A topic like this one. */
    public TopicSpec named(String other) {
        return new TopicSpec(other, partitions, settings);
    }

    /** This topic with more settings. */
    public TopicSpec with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putAll(more);
        return new TopicSpec(name, partitions, all);
    }

    /** This topic with one more setting. */
    public TopicSpec with(String setting, String value) {
        return with(Map.of(setting, value));
    }
}
