package io.millrace.jobs.tasks;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

/** Every setting of the tasks job. docs/tasks.md lists them, and a test compares. */
final class TasksOptions {
    static final ConfigOption<String> BOOTSTRAP_SERVERS = key("kafka.bootstrap-servers")
            .stringType()
            .defaultValue("localhost:9092")
            .withDescription("Kafka's address, host:port; several separated by commas.");
    static final ConfigOption<String> CLIENT_PROPERTIES_FILE = key("kafka.properties-file")
            .stringType()
            .noDefaultValue()
            .withDescription("Java properties file with settings for every Kafka client, such as credentials.");
    static final ConfigOption<String> GROUP_ID = key("kafka.group-id")
            .stringType()
            .defaultValue("millrace-tasks")
            .withDescription("Consumer group whose offsets are committed with each checkpoint.");

    static final ConfigOption<String> TASK_EVENTS = topic("task-events", Topics.TASK_EVENTS, "Events in.");
    static final ConfigOption<String> TASK_UPDATES = topic("task-updates", Topics.TASK_UPDATES, "Views out.");
    static final ConfigOption<String> REMINDERS = topic("reminders", Topics.REMINDERS, "Reminders out.");
    static final ConfigOption<String> DEAD_LETTERS =
            topic("task-events-dlq", Topics.TASK_EVENTS_DLQ, "What could not be accepted.");

    static final ConfigOption<Duration> DEDUP_WINDOW = key("dedup-window")
            .durationType()
            .defaultValue(Duration.ofHours(24))
            .withDescription("For how long of log time an event id is remembered.");
    static final ConfigOption<Duration> CLOSED_RETENTION = key("closed-retention")
            .durationType()
            .defaultValue(Duration.ofHours(24))
            .withDescription("For how long a closed task is remembered; at least dedup-window.");
    static final ConfigOption<Duration> UNKNOWN_TASK_WAIT = key("unknown-task-wait")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription("For how long an event waits for the task.created of its task.");
    static final ConfigOption<Duration> REMINDER_CATCH_UP = key("reminder-catch-up")
            .durationType()
            .defaultValue(Duration.ofHours(24))
            .withDescription("A reminder is not sent any more when it is later than this.");
    static final ConfigOption<Duration> LATE_AFTER = key("late-after")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription("A reminder that is later than this is marked late.");

    static final ConfigOption<Delivery> DELIVERY = key("delivery.default")
            .enumType(Delivery.class)
            .defaultValue(Delivery.AT_LEAST_ONCE)
            .withDescription("How sinks deliver: at-least-once (milliseconds) or exactly-once (at each checkpoint).");
    static final ConfigOption<Delivery> DELIVERY_UPDATES = delivery("task-updates");
    static final ConfigOption<Delivery> DELIVERY_REMINDERS = delivery("reminders");
    static final ConfigOption<Delivery> DELIVERY_ANNOUNCEMENTS = delivery("task-events");
    static final ConfigOption<Delivery> DELIVERY_DEAD_LETTERS = delivery("task-events-dlq");
    static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX = key("delivery.transactional-id-prefix")
            .stringType()
            .defaultValue("millrace-tasks")
            .withDescription("Exactly-once: unique per environment, and the same across restarts.");
    static final ConfigOption<Duration> TRANSACTION_TIMEOUT = key("delivery.transaction-timeout")
            .durationType()
            .defaultValue(Duration.ofMinutes(55))
            .withDescription("Exactly-once: longer than checkpoint interval and longest outage together; the broker's "
                    + "transaction.max.timeout.ms must allow it.");
    static final ConfigOption<MemorySize> MAX_RECORD = key("max-record-size")
            .memoryType()
            .defaultValue(MemorySize.ofMebiBytes(17))
            .withDescription("Largest dead letter, headers included: above the largest record task-events may hold.");

    static final ConfigOption<Duration> INPUT_CLOCK_IDLE = key("input-clock.idle-after")
            .durationType()
            .defaultValue(Duration.ofSeconds(3))
            .withDescription(
                    "Where there are more readers than partitions, one that got none for so long has nothing to read.");
    static final ConfigOption<Duration> INPUT_CLOCK_MAX_HOLD = key("input-clock.max-hold")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription(
                    "For how long reminders wait for Kafka to say where the log ends, or to give what it said is there.");

    static final List<ConfigOption<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            CLIENT_PROPERTIES_FILE,
            GROUP_ID,
            TASK_EVENTS,
            TASK_UPDATES,
            REMINDERS,
            DEAD_LETTERS,
            DEDUP_WINDOW,
            CLOSED_RETENTION,
            UNKNOWN_TASK_WAIT,
            REMINDER_CATCH_UP,
            LATE_AFTER,
            DELIVERY,
            DELIVERY_UPDATES,
            DELIVERY_REMINDERS,
            DELIVERY_ANNOUNCEMENTS,
            DELIVERY_DEAD_LETTERS,
            TRANSACTIONAL_ID_PREFIX,
            TRANSACTION_TIMEOUT,
            MAX_RECORD,
            INPUT_CLOCK_IDLE,
            INPUT_CLOCK_MAX_HOLD);

    private TasksOptions() {}

    private static ConfigOption<String> topic(String role, String name, String description) {
        return key("topics." + role).stringType().defaultValue(name).withDescription(description);
    }

    private static ConfigOption<Delivery> delivery(String topic) {
        return key("delivery." + topic)
                .enumType(Delivery.class)
                .noDefaultValue()
                .withDescription("How the sink of this topic delivers, where it differs from delivery.default.");
    }
}
