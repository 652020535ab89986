package io.millrace.schema.task;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.TraceContext;
import io.millrace.schema.wire.Uuids;
import io.millrace.schema.wire.WireHeaders;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/**
 * Reads a task event from JSON, plain or in a CloudEvents envelope, in one pass, checking every field against the bounds
 * of docs/tasks.md. An instance reads one event.
 */
public final class TaskEventReader {
    /** The largest value that is accepted, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    static final int MAX_ID = 200;
    /** So that the ids of its occurrences, with a separator and a RECURRENCE-ID, are ids too. */
    private static final int MAX_ROOT_ID = MAX_ID - 16;

    static final int MINUTES_PER_YEAR = 525_600;

    // Bits of the fields seen.
    private static final int SCHEMA_VERSION = 1;
    private static final int EVENT_ID = 1 << 1;
    private static final int EVENT_TYPE = 1 << 2;
    private static final int OCCURRED_AT = 1 << 3;
    private static final int TENANT = 1 << 4;
    private static final int USER_ID = 1 << 5;
    private static final int TASK_ID = 1 << 6;
    private static final int CORRELATION_ID = 1 << 7;
    private static final int SNOOZE_MINUTES = 1 << 8;
    private static final int SNOOZE_UNTIL = 1 << 9;

    private int seen;
    private UUID eventId;
    private TaskEventType type;
    private Instant occurredAt;
    private String tenant = TaskEvent.DEFAULT_TENANT;
    private String userId;
    private String taskId;
    private String correlationId;
    private final TaskFieldsReader task = new TaskFieldsReader();
    private int snoozeMinutes;
    private DueDate snoozeUntil;

    /** Null to read the fields of every type; else those that are not of this type are skipped. */
    private final TaskEventType only;

    private TaskEventReader(TaskEventType only) {
        this.only = only;
    }

    /**
     * Reads the event that a record holds.
     *
     * @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes
     */
    public static TaskEvent read(SourceRecord source) throws RejectedEventException {
        byte[] value = source.value();
        if (value == null || value.length == 0) {
            throw new RejectedEventException(
                    ErrorCode.EMPTY_VALUE, value == null ? "the value is null (a tombstone)" : "the value is empty");
        }
        if (value.length > MAX_BYTES) {
            throw new RejectedEventException(
                    ErrorCode.TOO_LARGE,
                    "the value has " + value.length + " bytes, at most " + MAX_BYTES + " are accepted");
        }
        CloudEvent binary = source.headers().isEmpty() ? null : CloudEvent.ofHeaders(source);
        if (binary != null) {
            return read(value, binary);
        }
        String traceparent =
                source.headers().isEmpty() ? null : TraceContext.orNull(source.header(WireHeaders.TRACEPARENT));
        try {
            return read(value, CloudEvent.none(traceparent));
        } catch (RejectedEventException e) {
            // Nearly all events are plain, so an envelope is looked for only when that did not work out.
            CloudEvent structured = CloudEvent.ofBody(value);
            if (structured == null) {
                throw e;
            }
            return read(structured.data(), structured);
        }
    }

    private static TaskEvent read(byte[] value, CloudEvent envelope) throws RejectedEventException {
        try {
            return new TaskEventReader(null).readAndFinish(value, envelope);
        } catch (RejectedEventException e) {
            Precedence precedence = Precedence.of(value);
            if (precedence.rejection() != null) {
                throw precedence.rejection();
            }
            TaskEventType type = precedence.type() != null ? precedence.type() : envelope.eventType();
            if (type == null) {
                throw e;
            }
            // The mistake may be in a field that events of this type do not have, and so ignore.
            return new TaskEventReader(type).readAndFinish(value, envelope);
        }
    }

    private TaskEvent readAndFinish(byte[] value, CloudEvent envelope) throws RejectedEventException {
        JsonEvent.readObject(value, 0, value.length, this::readField);
        return finish(envelope);
    }

    private void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        switch (name) {
            case "schema_version" -> {
                once(SCHEMA_VERSION, name, json);
                Precedence.requireKnown(json.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE));
            }
            case "event_id" -> {
                once(EVENT_ID, name, json);
                eventId = uuid(name, json);
            }
            case "event_type" -> {
                once(EVENT_TYPE, name, json);
                type = Precedence.requireKnown(json.string(name, 1, MAX_ID));
            }
            case "occurred_at" -> {
                once(OCCURRED_AT, name, json);
                occurredAt = instant(name, json);
            }
            case "tenant" -> {
                once(TENANT, name, json);
                tenant = json.isNull() ? TaskEvent.DEFAULT_TENANT : json.identifier(name, MAX_ID);
            }
            case "user_id" -> {
                once(USER_ID, name, json);
                userId = json.identifier(name, MAX_ID);
            }
            case "task_id" -> {
                once(TASK_ID, name, json);
                taskId = taskId(name, json);
            }
            case "correlation_id" -> {
                once(CORRELATION_ID, name, json);
                correlationId = json.isNull() ? null : emptyToNull(json.string(name, 0, MAX_ID));
            }
            case "snooze_minutes", "snooze_until" -> {
                if (only == null || only == TaskEventType.SNOOZED) {
                    readSnoozeField(name, json);
                }
            }
            default -> {
                if (only == null || only == TaskEventType.CREATED || only == TaskEventType.UPDATED) {
                    task.readField(name, json);
                }
            }
        }
    }

    private void readSnoozeField(String name, JsonEvent json) throws IOException, RejectedEventException {
        switch (name) {
            case "snooze_minutes" -> {
                once(SNOOZE_MINUTES, name, json);
                snoozeMinutes = json.isNull() ? 0 : json.integer(name, 1, MINUTES_PER_YEAR);
            }
            case "snooze_until" -> {
                once(SNOOZE_UNTIL, name, json);
                snoozeUntil = json.isNull() ? null : dueDate(name, json);
            }
            default -> throw new IllegalArgumentException(name);
        }
    }

    private TaskEvent finish(CloudEvent envelope) throws RejectedEventException {
        require((seen & SCHEMA_VERSION) != 0, "schema_version");
        UUID id = eventId != null ? eventId : envelope.eventId();
        require(id != null, "event_id");
        TaskEventType finalType = type != null ? type : envelope.eventType();
        if (finalType == null && envelope.eventId() != null) {
            throw new RejectedEventException(
                    ErrorCode.UNKNOWN_TYPE, "event_type: missing, and the type of the CloudEvent is none of ours");
        }
        require(finalType != null, "event_type");
        Instant time = occurredAt != null ? occurredAt : envelope.time();
        require(time != null, "occurred_at");
        require(userId != null, "user_id");
        require(taskId != null, "task_id");
        TaskFields fields = task.fields();
        Snooze snooze = null;
        switch (finalType) {
            case CREATED -> {
                require(fields.title() != null, "title");
                if (fields.due() != null && fields.due().local() != null && fields.zone() == null) {
                    throw new RejectedEventException(
                            ErrorCode.MISSING_FIELD, "time_zone: a local due_at needs one; or give due_at an offset");
                }
            }
            case UPDATED -> {
                if (fields.isEmpty()) {
                    throw new RejectedEventException(
                            ErrorCode.MISSING_FIELD, "a task.updated must give at least one field of the task");
                }
            }
            case SNOOZED -> snooze = snooze();
            default -> fields = TaskFields.NONE;
        }
        if (fields.recurrence() != null) {
            requireSeries(finalType, fields);
        }
        return new TaskEvent(
                id,
                finalType,
                time,
                tenant,
                userId,
                taskId,
                correlationId,
                envelope.traceparent(),
                finalType == TaskEventType.SNOOZED ? TaskFields.NONE : fields,
                snooze);
    }

    /** Checks what a task that recurs needs, as far as the event tells: an update leaves the rest to the task. */
    private void requireSeries(TaskEventType finalType, TaskFields fields) throws RejectedEventException {
        if (taskId.indexOf(TaskEvent.OCCURRENCE_SEPARATOR) >= 0) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_RECURRENCE,
                    "recurrence: an occurrence can't have one; change the series instead");
        }
        if (taskId.length() > MAX_ROOT_ID) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE,
                    "task_id: of a task that recurs at most " + MAX_ROOT_ID + " characters, has " + taskId.length());
        }
        boolean whole = finalType == TaskEventType.CREATED;
        if (fields.zone() == null && (whole || fields.gives(TaskFields.ZONE))) {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "time_zone: a task that recurs needs one, so that its local time stays");
        }
        if (whole && fields.due() == null && fields.recurrence().dtstart() == null) {
            throw new RejectedEventException(
                    ErrorCode.MISSING_FIELD, "due_at: a task that recurs needs it, or recurrence.dtstart");
        }
        if (!whole && fields.due() == null && fields.gives(TaskFields.DUE)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE, "due_at: may not be cleared while the task recurs");
        }
    }

    private Snooze snooze() throws RejectedEventException {
        if ((snoozeMinutes == 0) == (snoozeUntil == null)) {
            throw new RejectedEventException(
                    snoozeUntil == null ? ErrorCode.MISSING_FIELD : ErrorCode.INVALID_VALUE,
                    "a reminder.snoozed must have either snooze_minutes or snooze_until");
        }
        return new Snooze(snoozeMinutes, snoozeUntil);
    }

    private static void require(boolean present, String field) throws RejectedEventException {
        if (!present) {
            throw new RejectedEventException(ErrorCode.MISSING_FIELD, field + ": missing");
        }
    }

    private void once(int bit, String field, JsonEvent json) throws RejectedEventException {
        if ((seen & bit) != 0) {
            throw json.duplicate(field);
        }
        seen |= bit;
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static UUID uuid(String field, JsonEvent json) throws IOException, RejectedEventException {
        UUID id = Uuids.parse(json.string(field, 1, MAX_ID));
        if (id == null) {
            throw json.invalid(field, "must be a UUID such as 0b0e6f7a-93d1-4f0b-8d55-3c1c1f2a9b10");
        }
        return id;
    }

    private static Instant instant(String field, JsonEvent json) throws IOException, RejectedEventException {
        IsoDateTimes.Parsed parsed = json.dateTime(field);
        if (!parsed.hasOffset()) {
            throw json.invalid(field, "must have an offset, such as Z or +01:00");
        }
        return parsed.instant();
    }

    static DueDate dueDate(String field, JsonEvent json) throws IOException, RejectedEventException {
        IsoDateTimes.Parsed parsed = json.dateTime(field);
        return parsed.hasOffset() ? DueDate.at(parsed.instant()) : DueDate.local(parsed.local());
    }

    private static String taskId(String field, JsonEvent json) throws IOException, RejectedEventException {
        String id = json.identifier(field, MAX_ID);
        int separator = id.indexOf(TaskEvent.OCCURRENCE_SEPARATOR);
        if (separator >= 0 && (separator == 0 || !isRecurrenceId(id, separator + 1))) {
            throw json.invalid(
                    field, "only ids of occurrences contain '~', as in t-42~20261201T090000: root, '~', RECURRENCE-ID");
        }
        return id;
    }

    private static boolean isRecurrenceId(String id, int from) {
        if (id.length() - from != 15) {
            return false;
        }
        for (int i = 0; i < 15; i++) {
            char c = id.charAt(from + i);
            if (i == 8 ? c != 'T' : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
