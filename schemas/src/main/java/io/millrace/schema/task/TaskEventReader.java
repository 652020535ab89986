package io.millrace.schema.task;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Uuids;
import io.millrace.schema.wire.WireHeaders;
import io.millrace.schema.wire.Zones;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Reads a task event from JSON, plain or in a CloudEvents envelope, in one pass, checking every field against the bounds
 * of docs/tasks.md. An instance reads one event.
 */
public final class TaskEventReader {
    /** The largest value that is accepted, in bytes. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_ID = 200;
    /** So that the ids of its occurrences, with a separator and a RECURRENCE-ID, are ids too. */
    private static final int MAX_ROOT_ID = MAX_ID - 16;

    private static final int MAX_TITLE = 500;
    private static final int MAX_DESCRIPTION = 10_000;
    private static final int MAX_TAGS = 50;
    private static final int MAX_TAG = 100;
    private static final int MAX_REMINDERS = 20;
    private static final int MINUTES_PER_YEAR = 525_600;

    // Bits of fields seen, above those of TaskFields.
    private static final int SCHEMA_VERSION = 1 << 8;
    private static final int EVENT_ID = 1 << 9;
    private static final int EVENT_TYPE = 1 << 10;
    private static final int OCCURRED_AT = 1 << 11;
    private static final int TENANT = 1 << 12;
    private static final int USER_ID = 1 << 13;
    private static final int TASK_ID = 1 << 14;
    private static final int CORRELATION_ID = 1 << 15;
    private static final int SNOOZE_MINUTES = 1 << 16;
    private static final int SNOOZE_UNTIL = 1 << 17;

    private int seen;
    private UUID eventId;
    private TaskEventType type;
    private Instant occurredAt;
    private String tenant = TaskEvent.DEFAULT_TENANT;
    private String userId;
    private String taskId;
    private String correlationId;
    private String title;
    private String description;
    private Priority priority;
    private List<String> tags;
    private DueDate due;
    private ZoneId zone;
    private List<Integer> remindBefore;
    private Recurrence recurrence;
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
        String traceparent = source.headers().isEmpty() ? null : source.header(WireHeaders.TRACEPARENT);
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
                    readTaskField(name, json);
                }
            }
        }
    }

    private void readSnoozeField(String name, JsonEvent json) throws IOException, RejectedEventException {
        switch (name) {
            case "snooze_minutes" -> {
                once(SNOOZE_MINUTES, name, json);
                snoozeMinutes = json.integer(name, 1, MINUTES_PER_YEAR);
            }
            case "snooze_until" -> {
                once(SNOOZE_UNTIL, name, json);
                snoozeUntil = dueDate(name, json);
            }
            default -> throw new IllegalArgumentException(name);
        }
    }

    private void readTaskField(String name, JsonEvent json) throws IOException, RejectedEventException {
        switch (name) {
            case "title" -> {
                once(TaskFields.TITLE, name, json);
                if (json.isNull()) {
                    throw json.invalid(name, "may not be cleared");
                }
                title = json.string(name, 1, MAX_TITLE);
            }
            case "description" -> {
                if (present(TaskFields.DESCRIPTION, name, json)) {
                    description = json.string(name, 0, MAX_DESCRIPTION);
                }
            }
            case "priority" -> {
                if (present(TaskFields.PRIORITY, name, json)) {
                    priority = priority(name, json);
                }
            }
            case "tags" -> {
                if (present(TaskFields.TAGS, name, json)) {
                    tags = tags(name, json);
                }
            }
            case "due_at" -> {
                if (present(TaskFields.DUE, name, json)) {
                    due = dueDate(name, json);
                }
            }
            case "time_zone" -> {
                if (present(TaskFields.ZONE, name, json)) {
                    zone = zone(name, json);
                }
            }
            case "remind_before_minutes" -> {
                if (present(TaskFields.REMIND_BEFORE, name, json)) {
                    remindBefore = remindBefore(name, json);
                }
            }
            case "recurrence" -> {
                if (present(TaskFields.RECURRENCE, name, json)) {
                    recurrence = RecurrenceReader.read(json);
                }
            }
            default -> {
                // Unknown fields are ignored.
            }
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
        TaskFields fields = fields();
        Snooze snooze = null;
        switch (finalType) {
            case CREATED -> {
                require(title != null, "title");
                if (due != null && due.local() != null && zone == null) {
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
        if (recurrence != null && taskId.indexOf(TaskEvent.OCCURRENCE_SEPARATOR) >= 0) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_RECURRENCE,
                    "recurrence: an occurrence can't have one; change the series instead");
        }
        if (recurrence != null && taskId.length() > MAX_ROOT_ID) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_VALUE,
                    "task_id: of a task that recurs at most " + MAX_ROOT_ID + " characters, has " + taskId.length());
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

    private TaskFields fields() {
        int given = seen & 0xFF;
        if (given == 0) {
            return TaskFields.NONE;
        }
        return new TaskFields(given, title, description, priority, tags, due, zone, remindBefore, recurrence);
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

    /** Notes that the field is given; false when it is null, which clears it: lists become empty. */
    private boolean present(int bit, String field, JsonEvent json) throws RejectedEventException {
        once(bit, field, json);
        if (!json.isNull()) {
            return true;
        }
        if (bit == TaskFields.TAGS) {
            tags = List.of();
        } else if (bit == TaskFields.REMIND_BEFORE) {
            remindBefore = List.of();
        }
        return false;
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

    private static DueDate dueDate(String field, JsonEvent json) throws IOException, RejectedEventException {
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

    private static Priority priority(String field, JsonEvent json) throws IOException, RejectedEventException {
        return switch (json.string(field, 1, MAX_ID)) {
            case "P1" -> Priority.P1;
            case "P2" -> Priority.P2;
            case "P3" -> Priority.P3;
            case "P4" -> Priority.P4;
            default -> throw json.invalid(field, "must be one of P1, P2, P3, P4");
        };
    }

    private static ZoneId zone(String field, JsonEvent json) throws IOException, RejectedEventException {
        String name = json.string(field, 1, MAX_ID);
        try {
            return Zones.of(name);
        } catch (IllegalArgumentException e) {
            throw json.invalid(field, e.getMessage());
        }
    }

    private static List<String> tags(String field, JsonEvent json) throws IOException, RejectedEventException {
        if (!json.isArray()) {
            throw json.wrongType(field, "an array of strings");
        }
        List<String> tags = new ArrayList<>(4);
        while (json.nextElement()) {
            if (tags.size() == MAX_TAGS) {
                throw json.invalid(field, "must have at most " + MAX_TAGS + " tags");
            }
            tags.add(json.string(field + "[" + tags.size() + "]", 1, MAX_TAG));
        }
        return tags;
    }

    private static List<Integer> remindBefore(String field, JsonEvent json) throws IOException, RejectedEventException {
        if (!json.isArray()) {
            return List.of(json.integer(field, 0, MINUTES_PER_YEAR));
        }
        List<Integer> minutes = new ArrayList<>(4);
        int count = 0;
        while (json.nextElement()) {
            if (count++ == MAX_REMINDERS) {
                throw json.invalid(field, "must have at most " + MAX_REMINDERS + " numbers");
            }
            Integer value = json.integer(field + "[" + (count - 1) + "]", 0, MINUTES_PER_YEAR);
            if (!minutes.contains(value)) {
                minutes.add(value);
            }
        }
        minutes.sort(Comparator.reverseOrder());
        return minutes;
    }
}
