package io.millrace.jobs.tasks;

import io.millrace.connectors.kafka.KafkaConnection;
import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.jobs.runtime.JobSettings;
import io.millrace.logic.task.TaskSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
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
        Duration inputClockIdle,
        Duration inputClockMaxHold) {

    /** A topic and how its sink delivers. */
    record Destination(String topic, Delivery delivery) {}

    TasksConfig {
        requireNotNegative("reminder-catch-up", reminderCatchUp);
        requireNotNegative("late-after", lateAfter);
        requireNotNegative("input-clock.idle-after", inputClockIdle);
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
                new KafkaConnection(
                        values.get(TasksOptions.BOOTSTRAP_SERVERS),
                        clientProperties(values.get(TasksOptions.CLIENT_PROPERTIES_FILE))),
                values.get(TasksOptions.GROUP_ID),
                destination(values, TasksOptions.TASK_EVENTS, TasksOptions.DELIVERY_ANNOUNCEMENTS),
                destination(values, TasksOptions.TASK_UPDATES, TasksOptions.DELIVERY_UPDATES),
                destination(values, TasksOptions.REMINDERS, TasksOptions.DELIVERY_REMINDERS),
                destination(values, TasksOptions.DEAD_LETTERS, TasksOptions.DELIVERY_DEAD_LETTERS),
                new TaskSettings(
                        values.get(TasksOptions.DEDUP_WINDOW),
                        values.get(TasksOptions.CLOSED_RETENTION),
                        values.get(TasksOptions.UNKNOWN_TASK_WAIT)),
                values.get(TasksOptions.REMINDER_CATCH_UP),
                values.get(TasksOptions.LATE_AFTER),
                values.get(TasksOptions.TRANSACTIONAL_ID_PREFIX),
                values.get(TasksOptions.TRANSACTION_TIMEOUT),
                Math.toIntExact(values.get(TasksOptions.MAX_RECORD).getBytes()),
                values.get(TasksOptions.INPUT_CLOCK_IDLE),
                values.get(TasksOptions.INPUT_CLOCK_MAX_HOLD));
    }

    private static Destination destination(
            Configuration values, ConfigOption<String> topic, ConfigOption<Delivery> delivery) {
        return new Destination(
                values.get(topic), values.getOptional(delivery).orElse(values.get(TasksOptions.DELIVERY)));
    }

    private static Properties clientProperties(String file) {
        Properties properties = new Properties();
        if (file != null) {
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        TasksOptions.CLIENT_PROPERTIES_FILE.key() + ": " + file + " can't be read", e);
            }
        }
        return properties;
    }
}
