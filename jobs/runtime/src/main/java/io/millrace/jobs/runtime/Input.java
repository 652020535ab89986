package io.millrace.jobs.runtime;

import io.millrace.connectors.kafka.KafkaOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/**
 * A topic that a job reads.
 *
 * @param topic the setting that says which topic it is
 * @param deadLetters where what could not be accepted goes; null when the job's graph does not judge it
 * @param ofAll whether a job without state reads it from its beginning, whatever its group has committed: a topic of
 *     which it has to know all or nothing
 * @param partitions that the topic has where it is made with the job; 0 for as many as usual
 * @param topicSettings that it is made with, beside those that all have
 * @param each the setting that lists whose records come on topics {@code <one>.<topic>} of their own; null for none
 */
public record Input(
        ConfigOption<String> topic,
        Output deadLetters,
        boolean ofAll,
        int partitions,
        Map<String, String> topicSettings,
        ConfigOption<List<String>> each) {

    /** What a topic is made with that keeps the latest record of each key. */
    static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    /** What is deleted before its time is on disk until its segment ends. */
    private static final Duration BRIEF_SEGMENT = Duration.ofMinutes(10);

    public Input {
        topicSettings = Map.copyOf(topicSettings);
    }

    /**
     * An input with the setting {@code topics.<topic>}, and dead letters on {@code <topic>-dlq}.
     *
     * @param description of the topic, for the documentation
     */
    public static Input of(String topic, String description) {
        return new Input(
                KafkaOptions.topic(topic, topic, description), Output.deadLettersOf(topic), false, 0, Map.of(), null);
    }

    /** A topic that something beside the graph reads. */
    public static Input beside(ConfigOption<String> topic, Duration retention) {
        return new Input(topic, null, false, 0, Map.of("retention.ms", Long.toString(retention.toMillis())), null);
    }

    /** A compacted topic that something beside the graph reads. */
    public static Input besideCompacted(String topic, String description) {
        return new Input(KafkaOptions.topic(topic, topic, description), null, false, 0, COMPACTED, null);
    }

    /** A topic that something beside the graph reads, from which what is deleted has to be gone soon. */
    public static Input erasable(String topic, String description) {
        return new Input(KafkaOptions.topic(topic, topic, description), null, false, 0, Output.ERASABLE, null);
    }

    /** The same as a compacted topic of one partition, so that all read it in one order, which is always read whole. */
    public Input compacted() {
        return new Input(topic, deadLetters, true, 1, COMPACTED, each);
    }

    /**
     * The same as a topic that forgets soon, where it is made with the job, as do its dead letters: for what is not to be
     * kept in the clear. Kafka forgets whole segments, so ten minutes later.
     */
    public Input keptFor(Duration retention) {
        return new Input(topic, deadLetters.keptFor(retention), ofAll, partitions, keeping(retention), each);
    }

    static Map<String, String> keeping(Duration retention) {
        return Map.of(
                "retention.ms", Long.toString(retention.toMillis()),
                "segment.ms", Long.toString(BRIEF_SEGMENT.toMillis()));
    }

    /** The same as a topic that keeps the latest record of each key, and is read from where the job was. */
    public Input keepingLatest() {
        return new Input(topic, deadLetters, ofAll, partitions, COMPACTED, each);
    }

    /** The same of whose records another job judges which are bad. */
    public Input judgedElsewhere() {
        return new Input(topic, null, ofAll, partitions, topicSettings, each);
    }

    /** The same whose dead letters wait for others. */
    public Input lettersLingering(Duration linger) {
        return new Input(topic, deadLetters.lingering(linger), ofAll, partitions, topicSettings, each);
    }

    /** The same with a topic for each value of a setting beside it; the job's graph reads them. */
    public Input andOfEach(ConfigOption<List<String>> setting) {
        return new Input(topic, deadLetters, ofAll, partitions, topicSettings, setting);
    }
}
