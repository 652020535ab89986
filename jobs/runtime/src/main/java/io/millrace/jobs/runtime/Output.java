package io.millrace.jobs.runtime;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;

/**
 * A topic that a job writes, and how.
 *
 * @param name what the dashboard calls the sink
 * @param uid by which a savepoint finds the sink's state; never changed
 * @param topic the setting that says which topic it is
 * @param delivery the setting that says how it is delivered
 * @param linger how long a record waits for others; zero to send at once
 * @param isDeadLetters whether it takes dead letters, the larger ones of which are cut
 * @param topicSettings that the topic is made with, beside those that all have
 */
public record Output(
        String name,
        String uid,
        ConfigOption<String> topic,
        ConfigOption<Delivery> delivery,
        Duration linger,
        boolean isDeadLetters,
        Map<String, String> topicSettings) {

    /**
     * What a compacted topic is made with from which a record is gone within an hour of its deletion. Kafka compacts only
     * segments behind which another one has begun, and begins one when a record comes: a job that deletes has to write
     * after the time of a segment once more. Deletions stay a day, so that whoever is reading meanwhile learns of them.
     */
    static final Map<String, String> ERASABLE = Map.of(
            "cleanup.policy", "compact",
            "segment.ms", Long.toString(Duration.ofMinutes(10).toMillis()),
            "max.compaction.lag.ms", Long.toString(Duration.ofMinutes(15).toMillis()),
            "delete.retention.ms", Long.toString(Duration.ofDays(1).toMillis()));

    public Output {
        topicSettings = Map.copyOf(topicSettings);
    }

    /** The largest record a job writes of its own, bytes with headers; only dead letters carry what others wrote. */
    public static final int OWN_RECORD_BYTES = 1 << 20;

    /**
     * An output with settings {@code topics.<topic>} and {@code delivery.<topic>}, at once.
     *
     * @param description of the topic, for the documentation
     */
    public static Output to(String topic, String description) {
        return to(topic, KafkaOptions.topic(topic, topic, description));
    }

    /** An output to the topic of an input. */
    public static Output backTo(Input input) {
        return to(input.topic().defaultValue(), input.topic());
    }

    /** Where what of {@code topic} goes that could not be accepted. */
    static Output deadLettersOf(String topic) {
        String letters = topic + Topics.DEAD_LETTER_SUFFIX;
        Output output = to(letters, "What of " + topic + " could not be accepted.");
        return new Output(output.name, output.uid, output.topic, output.delivery, output.linger, true, Map.of());
    }

    private static Output to(String name, ConfigOption<String> topic) {
        return new Output(name, name, topic, KafkaOptions.delivery(name), Duration.ZERO, false, Map.of());
    }

    /** The same under another name, which is its uid as well. */
    public Output named(String name) {
        return new Output(name, name, topic, delivery, linger, isDeadLetters, topicSettings);
    }

    /** The same with another uid, where that of its name is taken. */
    public Output withUid(String uid) {
        return new Output(name, uid, topic, delivery, linger, isDeadLetters, topicSettings);
    }

    /** The same whose records another output's sink writes, as that one's are delivered. */
    public Output besides(Output other) {
        return new Output(name, other.uid, topic, other.delivery, other.linger, isDeadLetters, topicSettings);
    }

    /** The same whose records wait for others. */
    public Output lingering(Duration linger) {
        return new Output(name, uid, topic, delivery, linger, isDeadLetters, topicSettings);
    }

    /** The same to a topic that forgets soon, see {@link Input#keptFor}. */
    public Output keptFor(Duration retention) {
        return new Output(name, uid, topic, delivery, linger, isDeadLetters, Input.keeping(retention));
    }

    /** The same to a compacted topic: of records with one key the latest counts. */
    public Output compacted() {
        return new Output(name, uid, topic, delivery, linger, isDeadLetters, Input.COMPACTED);
    }

    /** The same to a compacted topic from which what is deleted has to be gone soon. */
    public Output erasable() {
        return new Output(name, uid, topic, delivery, linger, isDeadLetters, ERASABLE);
    }
}
