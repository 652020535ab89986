package io.millrace.schema.task;

import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.EventValue;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;

/**
 * Reads a task event from JSON, plain or in a CloudEvents envelope, in one pass, checking every field against the
 * bounds of docs/tasks.md. An instance reads one event.
 */
public final class TaskEventReader {
    /** The largest value that is accepted, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    static final int MAX_ID = EnvelopeReader.MAX_ID;
    /** So that the ids of its occurrences, with a separator and a RECURRENCE-ID, are ids too. */
    private static final int MAX_ROOT_ID = MAX_ID - 16;

    static final int MINUTES_PER_YEAR = 525_600;

    // Bits of the fields seen.
    private static final int USER_ID = 1;
    private static final int TASK_ID = 1 << 1;
    private static final int SNOOZE_MINUTES = 1 << 2;
    private static final int SNOOZE_UNTIL = 1 << 3;

    private final EnvelopeReader envelope = new EnvelopeReader(TaskEventReader::isKnown);
    private int seen;
    private String userId;
    private String taskId;
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
        return EventValue.read(source, MAX_BYTES, TaskEventReader::read);
    }

    private static boolean isKnown(String type) {
        return TaskEventType.ofWireName(type) != null;
    }

    private static TaskEvent read(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        try {
            return new TaskEventReader(null).readAndFinish(value, cloudEvent);
        } catch (RejectedEventException e) {
            Precedence precedence = Precedence.of(value, TaskEventReader::isKnown);
            if (precedence.rejection() != null) {
                throw precedence.rejection();
            }
            String type = precedence.type() != null ? precedence.type() : cloudEvent.eventType();
            if (type == null || !isKnown(type)) {
                throw e;
            }
            // The mistake may be in a field that events of this type do not have, and so ignore.
            return new TaskEventReader(TaskEventType.ofWireName(type)).readAndFinish(value, cloudEvent);
        }
    }

    private TaskEvent readAndFinish(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        JsonEvent.readObject(value, 0, value.length, this::readField);
        return finish(envelope.finish(cloudEvent));
    }

    private void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        if (envelope.readField(name, json)) {
            return;
        }
        switch (name) {
            case "user_id" -> {
                once(USER_ID, name, json);
                userId = json.identifier(name, MAX_ID);
            }
            case "task_id" -> {
                once(TASK_ID, name, json);
                taskId = taskId(name, json);
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

    private TaskEvent finish(Envelope common) throws RejectedEventException {
        TaskEventType type = TaskEventType.ofWireName(common.type());
        require(userId != null, "user_id");
        require(taskId != null, "task_id");
        TaskFields fields = task.fields();
        Snooze snooze = null;
        switch (type) {
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
            requireSeries(type, fields);
        }
        return new TaskEvent(
                common.eventId(),
                type,
                common.occurredAt(),
                common.tenant(),
                userId,
                taskId,
                common.correlationId(),
                common.traceparent(),
                type == TaskEventType.SNOOZED ? TaskFields.NONE : fields,
                snooze);
    }

    /** Checks what a task that recurs needs, as far as the event tells: an update leaves the rest to the task. */
    private void requireSeries(TaskEventType type, TaskFields fields) throws RejectedEventException {
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
        boolean whole = type == TaskEventType.CREATED;
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
