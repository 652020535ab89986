package io.millrace.connectors.kafka;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

/** The settings of Kafka that every job has, and the form of those that each has of its own. */
public final class KafkaOptions {
    public static final ConfigOption<String> BOOTSTRAP_SERVERS = key("kafka.bootstrap-servers")
            .stringType()
            .defaultValue("localhost:9092")
            .withDescription("Kafka's address, host:port; several separated by commas.");
    public static final ConfigOption<String> CLIENT_PROPERTIES_FILE = key("kafka.properties-file")
            .stringType()
            .noDefaultValue()
            .withDescription("Java properties file with settings for every Kafka client, such as credentials.");

    public static final ConfigOption<Delivery> DELIVERY = key("delivery.default")
            .enumType(Delivery.class)
            .defaultValue(Delivery.AT_LEAST_ONCE)
            .withDescription("How sinks deliver: at-least-once (milliseconds) or exactly-once (at each checkpoint).");
    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT = key("delivery.transaction-timeout")
            .durationType()
            .defaultValue(Duration.ofMinutes(55))
            .withDescription("Exactly-once: longer than checkpoint interval and longest outage together; the broker's "
                    + "transaction.max.timeout.ms must allow it.");
    public static final ConfigOption<MemorySize> MAX_RECORD = key("max-record-size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(17))
            .withDescription(
                    "Largest dead letter, headers included, which its topic has to take; of a larger one the beginning is kept.");

    public static final ConfigOption<Duration> INPUT_CLOCK_MAX_HOLD = key("input-clock.max-hold")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription(
                    "For how long timers wait for Kafka to say where the log ends, or to give what it said is there.");

    /** Those that are the same in every job. */
    public static final List<ConfigOption<?>> ALL = List.of(
            BOOTSTRAP_SERVERS, CLIENT_PROPERTIES_FILE, DELIVERY, TRANSACTION_TIMEOUT, MAX_RECORD, INPUT_CLOCK_MAX_HOLD);

    private KafkaOptions() {}

    public static ConfigOption<String> groupId(String name) {
        return key("kafka.group-id")
                .stringType()
                .defaultValue(name)
                .withDescription("Consumer group whose offsets are committed with each checkpoint.");
    }

    public static ConfigOption<String> transactionalIdPrefix(String prefix) {
        return key("delivery.transactional-id-prefix")
                .stringType()
                .defaultValue(prefix)
                .withDescription("Exactly-once: unique per environment, and the same across restarts.");
    }

    public static ConfigOption<String> topic(String role, String name, String description) {
        return key("topics." + role).stringType().defaultValue(name).withDescription(description);
    }

    public static ConfigOption<Delivery> delivery(String topic) {
        return key("delivery." + topic)
                .enumType(Delivery.class)
                .noDefaultValue()
                .withDescription("How the sink of this topic delivers, where it differs from delivery.default.");
    }

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public static KafkaConnection connection(Configuration values) {
        return new KafkaConnection(values.get(BOOTSTRAP_SERVERS), clientProperties(values.get(CLIENT_PROPERTIES_FILE)));
    }

    private static Properties clientProperties(String file) {
        Properties properties = new Properties();
        if (file != null) {
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(CLIENT_PROPERTIES_FILE.key() + ": " + file + " can't be read", e);
            }
        }
        return properties;
    }
}
