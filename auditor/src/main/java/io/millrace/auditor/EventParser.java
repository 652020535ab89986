package io.millrace.auditor;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.task.Snooze;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventType;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads a record of the topic of events and says whether it is a good one; never throws for what is in it. */
final class EventParser {
    private static final int LARGEST = 256 * 1024;
    private static final Pattern OCCURRENCE_ID = Pattern.compile("[^~]+~\\d{8}T\\d{6}");

    private final ValueParser values = new ValueParser(LARGEST);

    EventRecord parse(ConsumerRecord<byte[], byte[]> record) {
        Verdict verdict = new Verdict();
        Fingerprint fingerprint = Fingerprint.of(record);
        JsonNode json = values.json(record.value(), verdict);
        JsonNode event = json == null ? null : Envelope.open(record.headers(), json, verdict);
        int size = record.value() == null ? 0 : record.value().length;
        Position position = new Position(record.partition(), record.offset());
        if (event == null) {
            return bad(position, record.timestamp(), size, fingerprint, verdict);
        }
        return fields(position, record.timestamp(), size, fingerprint, event, verdict);
    }

    private static EventRecord bad(Position position, long logTime, int size, Fingerprint print, Verdict verdict) {
        return new EventRecord(
                position,
                logTime,
                size,
                print,
                Validity.BAD,
                verdict.reason(),
                null,
                null,
                0,
                null,
                null,
                null,
                Changes.NONE,
                null);
    }

    private EventRecord fields(
            Position position, long logTime, int size, Fingerprint print, JsonNode event, Verdict verdict) {
        CommonFields.version(event, TaskEvent.SCHEMA_VERSION, verdict);
        UUID eventId = CommonFields.eventId(event, verdict);
        TaskEventType type = TaskEventType.ofWireName(CommonFields.text(event, "event_type", verdict));
        if (type == null) {
            verdict.bad("event_type is unknown");
        }
        Instant occurredAt = CommonFields.occurredAt(event, verdict);
        String tenant = CommonFields.optional(event, "tenant", verdict);
        CommonFields.optional(event, "correlation_id", verdict);
        String userId = CommonFields.id(event, "user_id", verdict);
        String taskId = CommonFields.id(event, "task_id", verdict);
        boolean occurrence = taskId.indexOf(TaskEvent.OCCURRENCE_SEPARATOR) >= 0;
        if (occurrence && !OCCURRENCE_ID.matcher(taskId).matches()) {
            verdict.either("task_id has a ~ but is no id of an occurrence");
        }
        Changes changes = Changes.NONE;
        Snooze snooze = null;
        if (type != null) {
            boolean carries = type == TaskEventType.CREATED || type == TaskEventType.UPDATED;
            Verdict ofFields = carries ? verdict : new Verdict();
            FieldReader fields = new FieldReader(event, ofFields);
            if (type == TaskEventType.UPDATED && !fields.givesAny()) {
                verdict.bad("an update that changes no field");
            }
            Changes read = fields.changes(type == TaskEventType.CREATED, occurrence);
            if (carries) {
                changes = read;
            } else if (fields.givesAny()) {
                verdict.absorb(ofFields);
            }
            if (type == TaskEventType.SNOOZED) {
                snooze = new FieldReader(event, verdict).snooze();
            }
        }
        if (verdict.isBad()) {
            return bad(position, logTime, size, print, verdict);
        }
        return new EventRecord(
                position,
                logTime,
                size,
                print,
                verdict.validity(),
                verdict.reason(),
                eventId,
                type,
                occurredAt == null ? logTime : occurredAt.toEpochMilli(),
                tenant == null ? TaskEvent.DEFAULT_TENANT : tenant,
                userId,
                taskId,
                changes,
                snooze);
    }
}
