package io.millrace.simulation;

import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.ReminderWriter;
import io.millrace.schema.task.TaskViewWriter;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.audit.AuditReport;
import io.millrace.testing.audit.AuditSettings;
import io.millrace.testing.audit.Offence;
import io.millrace.testing.audit.TaskAuditor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Lets {@link TaskAuditor} judge a world, which knows what docs/tasks.md promises and nothing of the logic. */
final class Audit {
    private static final long LATE_AFTER = 60_000;

    /** Longer than any world goes on: reminders that were too late are shown to the auditor as sent. */
    private static final Duration CATCH_UP = Duration.ofDays(10_000);

    private Audit() {}

    static void requireClean(World world) throws BrokenLawException {
        TaskSettings settings = world.plan().settings();
        TaskAuditor auditor = new TaskAuditor(AuditSettings.withCrashes(Duration.ZERO)
                .within(Duration.ZERO, Duration.ofMillis(1))
                .of(
                        new AuditSettings.JobTimes(
                                settings.unknownTaskWait(),
                                settings.dedupWindow(),
                                settings.closedRetention(),
                                CATCH_UP),
                        AuditSettings.TopicNames.DEFAULT));
        for (int partition = 0; partition < world.log().partitions(); partition++) {
            for (SourceRecord record : world.log().records(partition)) {
                auditor.accept(consumed(
                        Topics.TASK_EVENTS,
                        partition,
                        record.offset(),
                        record.timestamp(),
                        new OutboundRecord(record.key(), record.value(), record.headers())));
            }
        }
        long offset = 0;
        for (OutputTopics.Written written : world.topics().records()) {
            output(auditor, written, offset++);
        }
        AuditReport report = auditor.finish(Instant.ofEpochMilli(world.now()));
        Optional<Offence> first = report.offences().stream().findFirst();
        if (first.isPresent()) {
            throw new BrokenLawException("the auditor finds nothing", subject(first.get()), first.get().toString());
        }
    }

    /** {@code user/task} of {@code tenant/user/task}. */
    private static String subject(Offence offence) {
        int tenant = offence.subject().indexOf('/');
        return tenant < 0 ? null : offence.subject().substring(tenant + 1);
    }

    private static void output(TaskAuditor auditor, OutputTopics.Written written, long offset) {
        TaskCommand command = written.output().command();
        if (command instanceof TaskCommand.Remind remind) {
            byte[] value = ReminderWriter.write(remind.reminder(), written.output().sentAt(), LATE_AFTER);
            auditor.accept(consumed(
                    Topics.REMINDERS, 0, offset, written.logTime(), keyed(remind.reminder().userId(), value)));
        } else if (command instanceof TaskCommand.Publish publish) {
            byte[] value = TaskViewWriter.write(publish.view());
            auditor.accept(consumed(
                    Topics.TASK_UPDATES, 0, offset, written.logTime(), keyed(publish.view().userId(), value)));
        } else if (command instanceof TaskCommand.Reject reject) {
            OutboundRecord letter = DeadLetters.of(reject.source(), reject.code(), reject.message());
            auditor.accept(consumed(Topics.TASK_EVENTS_DLQ, 0, offset, written.logTime(), letter));
        }
    }

    private static OutboundRecord keyed(String userId, byte[] value) {
        return new OutboundRecord(userId.getBytes(StandardCharsets.UTF_8), value, List.of());
    }

    private static ConsumerRecord<byte[], byte[]> consumed(
            String topic, int partition, long offset, long logTime, OutboundRecord record) {
        RecordHeaders headers = new RecordHeaders();
        for (RecordHeader header : record.headers()) {
            headers.add(header.key(), header.value());
        }
        return new ConsumerRecord<>(
                topic,
                partition,
                offset,
                logTime,
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                record.key(),
                record.value(),
                headers,
                Optional.empty());
    }
}
