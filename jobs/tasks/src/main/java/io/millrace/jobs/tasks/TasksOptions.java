package io.millrace.jobs.tasks;

import static io.millrace.connectors.kafka.KafkaOptions.delivery;
import static io.millrace.connectors.kafka.KafkaOptions.topic;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;

/** Every setting of the tasks job. docs/tasks.md lists them, and a test compares. */
final class TasksOptions {
    static final ConfigOption<String> GROUP_ID = KafkaOptions.groupId("millrace-tasks");

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

    static final ConfigOption<Delivery> DELIVERY_UPDATES = delivery("task-updates");
    static final ConfigOption<Delivery> DELIVERY_REMINDERS = delivery("reminders");
    static final ConfigOption<Delivery> DELIVERY_ANNOUNCEMENTS = delivery("task-events");
    static final ConfigOption<Delivery> DELIVERY_DEAD_LETTERS = delivery("task-events-dlq");
    static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX = KafkaOptions.transactionalIdPrefix("millrace-tasks");

    static final List<ConfigOption<?>> ALL = Stream.concat(
                    KafkaOptions.ALL.stream(),
                    Stream.of(
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
                            DELIVERY_UPDATES,
                            DELIVERY_REMINDERS,
                            DELIVERY_ANNOUNCEMENTS,
                            DELIVERY_DEAD_LETTERS,
                            TRANSACTIONAL_ID_PREFIX))
            .toList();

    private TasksOptions() {}
}
