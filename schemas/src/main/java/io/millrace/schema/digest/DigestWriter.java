package io.millrace.schema.digest;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.JsonWriter;
import java.io.IOException;

/** Writes {@code digest.made}, version 1. */
public final class DigestWriter {
    private static final int SCHEMA_VERSION = 1;
    private static final SerializableString USER_ID = name("user_id");
    private static final SerializableString SCHEDULED_AT = name("scheduled_at");
    private static final SerializableString SENT_AT = name("sent_at");
    private static final SerializableString LATE_BY_MS = name("late_by_ms");
    private static final SerializableString TIME_ZONE = name("time_zone");
    private static final SerializableString OPEN = name("open");
    private static final SerializableString OVERDUE = name("overdue");
    private static final SerializableString DUE_SOON = name("due_soon");
    private static final SerializableString COMPLETED = name("completed");
    private static final SerializableString COMPLETE = name("complete");
    private static final SerializableString TASKS = name("tasks");
    private static final SerializableString TASK_ID = name("task_id");
    private static final SerializableString TITLE = name("title");
    private static final SerializableString PRIORITY = name("priority");
    private static final SerializableString DUE_AT = name("due_at");

    private DigestWriter() {}

    /** @param sentAt wall clock of the release, milliseconds since the epoch */
    public static byte[] write(Digest digest, long sentAt) {
        return JsonWriter.object(out -> {
            EnvelopeWriter.write(
                    out, SCHEMA_VERSION, digest.eventId(), "digest.made", digest.scheduledAt(), digest.tenant());
            JsonWriter.text(out, USER_ID, digest.userId());
            JsonWriter.time(out, SCHEDULED_AT, digest.scheduledAt());
            JsonWriter.time(out, SENT_AT, sentAt);
            JsonWriter.number(out, LATE_BY_MS, Math.max(0, sentAt - digest.scheduledAt()));
            JsonWriter.text(out, TIME_ZONE, digest.timeZone());
            JsonWriter.number(out, OPEN, digest.open());
            JsonWriter.number(out, OVERDUE, digest.overdue());
            JsonWriter.number(out, DUE_SOON, digest.dueSoon());
            JsonWriter.number(out, COMPLETED, digest.completed());
            JsonWriter.bool(out, COMPLETE, digest.complete());
            out.writeFieldName(TASKS);
            out.writeStartArray();
            for (Digest.Task task : digest.tasks()) {
                write(out, task);
            }
            out.writeEndArray();
        });
    }

    private static void write(JsonGenerator out, Digest.Task task) throws IOException {
        out.writeStartObject();
        JsonWriter.text(out, TASK_ID, task.taskId());
        JsonWriter.text(out, TITLE, task.title());
        JsonWriter.text(
                out, PRIORITY, task.priority() == null ? null : task.priority().name());
        JsonWriter.time(out, DUE_AT, task.dueAt());
        out.writeEndObject();
    }
}
