package io.millrace.schema.wire;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.util.UUID;

/** Writes the fields that all events have in common, and holds the names that are used beyond the envelope. */
public final class EnvelopeWriter {
    public static final SerializableString EVENT_ID = name("event_id");
    public static final SerializableString EVENT_TYPE = name("event_type");
    public static final SerializableString CORRELATION_ID = name("correlation_id");

    private static final SerializableString SCHEMA_VERSION = name("schema_version");
    private static final SerializableString OCCURRED_AT = name("occurred_at");
    private static final SerializableString TENANT = name("tenant");

    private EnvelopeWriter() {}

    /**
     * Writes the envelope, up to the event's own keys.
     *
     * @param version of the event's schema
     * @param occurredAt milliseconds since the epoch
     */
    public static void write(
            JsonGenerator out, int version, UUID eventId, String eventType, long occurredAt, String tenant)
            throws IOException {
        JsonWriter.number(out, SCHEMA_VERSION, version);
        JsonWriter.uuid(out, EVENT_ID, eventId);
        JsonWriter.text(out, EVENT_TYPE, eventType);
        JsonWriter.time(out, OCCURRED_AT, occurredAt);
        JsonWriter.text(out, TENANT, tenant);
    }
}
