package io.millrace.jobs.tasks;

import io.millrace.connectors.kafka.Destination;
import io.millrace.connectors.kafka.KafkaConnection;
import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.jobs.runtime.JobSettings;
import io.millrace.logic.task.TaskSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

/**
 * The settings of the tasks job, checked. {@link TasksOptions} says what each means.
 *
 * @param kafka the cluster of all topics
 * @param taskEvents the topic of events in, to which announced occurrences are written as well
 * @param maxRecordBytes the largest dead letter with its headers
 */
record TasksConfig(
        KafkaConnection kafka,
        String groupId,
        Destination taskEvents,
        Destination taskUpdates,
        Destination reminders,
        Destination deadLetters,
        TaskSettings tasks,
        Duration reminderCatchUp,
        Duration lateAfter,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        int maxRecordBytes,
        Duration inputClockMaxHold) {

    TasksConfig {
        requireNotNegative("reminder-catch-up", reminderCatchUp);
        requireNotNegative("late-after", lateAfter);
        requireNotNegative("input-clock.max-hold", inputClockMaxHold);
        if (List.of(taskEvents.topic(), taskUpdates.topic(), reminders.topic(), deadLetters.topic()).stream()
                        .distinct()
                        .count()
                < 4) {
            throw new IllegalArgumentException("topics.*: each must be a topic of its own");
        }
    }

    private static void requireNotNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + ": must not be negative, is " + value);
        }
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    static TasksConfig load(String[] arguments, Map<String, String> environment) {
        return of(new JobSettings("tasks", TasksOptions.ALL).load(arguments, environment));
    }

    static TasksConfig of(Configuration values) {
        return new TasksConfig(
                KafkaOptions.connection(values),
                values.get(TasksOptions.GROUP_ID),
                Destination.of(values, TasksOptions.TASK_EVENTS, TasksOptions.DELIVERY_ANNOUNCEMENTS),
                Destination.of(values, TasksOptions.TASK_UPDATES, TasksOptions.DELIVERY_UPDATES),
                Destination.of(values, TasksOptions.REMINDERS, TasksOptions.DELIVERY_REMINDERS),
                Destination.of(values, TasksOptions.DEAD_LETTERS, TasksOptions.DELIVERY_DEAD_LETTERS),
                new TaskSettings(
                        values.get(TasksOptions.DEDUP_WINDOW),
                        values.get(TasksOptions.CLOSED_RETENTION),
                        values.get(TasksOptions.UNKNOWN_TASK_WAIT)),
                values.get(TasksOptions.REMINDER_CATCH_UP),
                values.get(TasksOptions.LATE_AFTER),
                values.get(TasksOptions.TRANSACTIONAL_ID_PREFIX),
                values.get(KafkaOptions.TRANSACTION_TIMEOUT),
                Math.toIntExact(values.get(KafkaOptions.MAX_RECORD).getBytes()),
                values.get(KafkaOptions.INPUT_CLOCK_MAX_HOLD));
    }
}
