package io.millrace.schema.task;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.JsonWriter;

/** Writes {@code reminder.due}, version 1. */
public final class ReminderWriter {
    private static final int SCHEMA_VERSION = 1;
    private static final SerializableString TITLE = name("title");
    private static final SerializableString REMIND_AT = name("remind_at");
    private static final SerializableString SENT_AT = name("sent_at");
    private static final SerializableString REMIND_BEFORE_MINUTES = name("remind_before_minutes");
    private static final SerializableString SNOOZED = name("snoozed");
    private static final SerializableString LATE_BY_MS = name("late_by_ms");
    private static final SerializableString LATE = name("late");

    private ReminderWriter() {}

    /**
     * @param sentAt wall clock of the release, milliseconds since the epoch
     * @param lateAfterMillis from which lateness on it is marked late
     */
    public static byte[] write(Reminder reminder, long sentAt, long lateAfterMillis) {
        long lateBy = Math.max(0, sentAt - reminder.remindAt());
        return JsonWriter.object(out -> {
            TaskEnvelopeWriter.write(
                    out,
                    SCHEMA_VERSION,
                    reminder.eventId(),
                    "reminder.due",
                    reminder.remindAt(),
                    reminder.tenant(),
                    reminder.userId(),
                    reminder.taskId());
            JsonWriter.text(out, TaskEnvelopeWriter.SERIES_ID, reminder.seriesId());
            JsonWriter.text(out, TITLE, reminder.title());
            JsonWriter.time(out, TaskEnvelopeWriter.DUE_AT, reminder.dueAt());
            JsonWriter.time(out, REMIND_AT, reminder.remindAt());
            JsonWriter.time(out, SENT_AT, sentAt);
            JsonWriter.number(out, REMIND_BEFORE_MINUTES, reminder.remindBeforeMinutes());
            JsonWriter.bool(out, SNOOZED, reminder.snoozed());
            JsonWriter.number(out, LATE_BY_MS, lateBy);
            JsonWriter.bool(out, LATE, lateBy > lateAfterMillis);
            JsonWriter.text(out, EnvelopeWriter.CORRELATION_ID, reminder.correlationId());
        });
    }
}
