package io.millrace.schema.task;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.JsonWriter;
import java.io.IOException;
import java.util.UUID;

/** Writes what all events have in common, and holds the names that several of them use. */
final class EnvelopeWriter {
    static final SerializableString EVENT_ID = name("event_id");
    static final SerializableString EVENT_TYPE = name("event_type");
    static final SerializableString CORRELATION_ID = name("correlation_id");
    static final SerializableString SERIES_ID = name("series_id");
    static final SerializableString RECURRENCE_ID = name("recurrence_id");
    static final SerializableString DUE_AT = name("due_at");

    private static final SerializableString SCHEMA_VERSION = name("schema_version");
    private static final SerializableString OCCURRED_AT = name("occurred_at");
    private static final SerializableString TENANT = name("tenant");
    private static final SerializableString USER_ID = name("user_id");
    private static final SerializableString TASK_ID = name("task_id");

    private EnvelopeWriter() {}

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
        JsonWriter.number(out, SCHEMA_VERSION, version);
        JsonWriter.uuid(out, EVENT_ID, eventId);
        JsonWriter.text(out, EVENT_TYPE, eventType);
        JsonWriter.time(out, OCCURRED_AT, occurredAt);
        JsonWriter.text(out, TENANT, tenant);
        JsonWriter.text(out, USER_ID, userId);
        JsonWriter.text(out, TASK_ID, taskId);
    }
}
