package io.millrace.schema.task;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.JsonWriter;
import java.io.IOException;
import java.util.UUID;

/** Writes what all events about tasks have in common, and holds the names that several of them use. */
final class TaskEnvelopeWriter {
    static final SerializableString SERIES_ID = name("series_id");
    static final SerializableString RECURRENCE_ID = name("recurrence_id");
    static final SerializableString DUE_AT = name("due_at");

    private static final SerializableString USER_ID = name("user_id");
    private static final SerializableString TASK_ID = name("task_id");

    private TaskEnvelopeWriter() {}

    /**
     * Writes the envelope of an event, up to its keys.
     *
     * @param version of the event's schema
     * @param occurredAt milliseconds since the epoch
     */
    static void write(
            JsonGenerator out,
            int version,
            UUID eventId,
            String eventType,
            long occurredAt,
            String tenant,
            String userId,
            String taskId)
            throws IOException {
        EnvelopeWriter.write(out, version, eventId, eventType, occurredAt, tenant);
        JsonWriter.text(out, USER_ID, userId);
        JsonWriter.text(out, TASK_ID, taskId);
    }
}
