package io.millrace.jobs.tasks;

import io.millrace.connectors.kafka.Destination;
import io.millrace.schema.wire.OutboundRecord;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;

/** Where the tasks job writes. */
record TasksSinks(
        Sink<OutboundRecord> updates,
        Sink<OutboundRecord> reminders,
        Sink<OutboundRecord> announcements,
        Sink<OutboundRecord> deadLetters) {
    private static final Duration AT_ONCE = Duration.ZERO;

    /** Views are many and small: a few milliseconds make batches of them. */
    private static final Duration UPDATES_LINGER = Duration.ofMillis(5);

    /** Many reminders fall on the same full hour; one alone is hardly later for it. */
    private static final Duration REMINDERS_LINGER = Duration.ofMillis(2);

    /** More than any record of ours has; only dead letters carry what others wrote. */
    static final int OWN_RECORD_BYTES = 1 << 20;

    static TasksSinks kafka(TasksConfig config) {
        return new TasksSinks(
                sink(config, config.taskUpdates(), TasksUids.UPDATES, UPDATES_LINGER),
                sink(config, config.reminders(), TasksUids.REMINDERS, REMINDERS_LINGER),
                sink(config, config.taskEvents(), TasksUids.ANNOUNCEMENTS, AT_ONCE),
                config.kafka()
                        .deadLetterSink(
                                config.deadLetters().topic(),
                                config.deadLetters().delivery(),
                                config.transactionalIdPrefix() + "-" + TasksUids.DEAD_LETTERS,
                                config.transactionTimeout(),
                                AT_ONCE,
                                config.maxRecordBytes()));
    }

    private static Sink<OutboundRecord> sink(TasksConfig config, Destination destination, String uid, Duration linger) {
        return config.kafka()
                .sink(
                        destination.topic(),
                        destination.delivery(),
                        config.transactionalIdPrefix() + "-" + uid,
                        config.transactionTimeout(),
                        linger,
                        OWN_RECORD_BYTES);
    }
}
