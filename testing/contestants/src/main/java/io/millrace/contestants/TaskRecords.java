package io.millrace.contestants;

import io.millrace.logic.task.TaskCommand;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.ReminderWriter;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventWriter;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.task.TaskViewWriter;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Kafka's records of what is read, and of what was decided, as the tasks job reads and writes them. */
final class TaskRecords {
    private static final long LATE_AFTER_MILLIS = Duration.ofMinutes(1).toMillis();

    private final String events;
    private final String views;

    TaskRecords(Assignment assignment) {
        events = assignment.input();
        views = assignment.output();
    }

    static SourceRecord source(
            String topic, int partition, long offset, long timestamp, byte[] key, byte[] value, Headers kafkaHeaders) {
        List<io.millrace.schema.wire.RecordHeader> headers = null;
        for (Header header : kafkaHeaders) {
            if (headers == null) {
                headers = new ArrayList<>(4);
            }
            headers.add(new io.millrace.schema.wire.RecordHeader(header.key(), header.value()));
        }
        return new SourceRecord(topic, partition, offset, timestamp, key, value, headers == null ? List.of() : headers);
    }

    /** @throws IllegalStateException for ids that overflow: these programs have no place for them */
    ProducerRecord<byte[], byte[]> of(TaskCommand command, long wallClock) {
        if (command instanceof TaskCommand.Publish publish) {
            TaskView view = publish.view();
            return record(views, view.userId(), TaskViewWriter.write(view), view.correlationId(), view.traceparent());
        } else if (command instanceof TaskCommand.Remind remind) {
            Reminder reminder = remind.reminder();
            byte[] value = ReminderWriter.write(reminder, wallClock, LATE_AFTER_MILLIS);
            return record(Topics.REMINDERS, reminder.userId(), value, reminder.correlationId(), reminder.traceparent());
        } else if (command instanceof TaskCommand.Announce announce) {
            TaskEvent created = announce.created();
            return record(
                    events,
                    created.userId(),
                    TaskEventWriter.write(created),
                    created.correlationId(),
                    created.traceparent());
        } else if (command instanceof TaskCommand.Reject reject) {
            return of(DeadLetters.of(reject.source(), reject.code(), reject.message()));
        }
        throw new IllegalStateException("a series has more events than this program keeps ids for");
    }

    ProducerRecord<byte[], byte[]> of(OutboundRecord deadLetter) {
        List<Header> headers = new ArrayList<>(deadLetter.headers().size());
        deadLetter.headers().forEach(header -> headers.add(new RecordHeader(header.key(), header.value())));
        return new ProducerRecord<>(Topics.TASK_EVENTS_DLQ, null, null, deadLetter.key(), deadLetter.value(), headers);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String userId, byte[] value, String correlationId, String traceparent) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, userId.getBytes(StandardCharsets.UTF_8), value);
        addHeader(record, WireHeaders.CORRELATION_ID, correlationId);
        addHeader(record, WireHeaders.TRACEPARENT, traceparent);
        return record;
    }

    private static void addHeader(ProducerRecord<byte[], byte[]> record, String name, String value) {
        if (value != null) {
            record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }
}
