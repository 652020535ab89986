package io.millrace.schema.task;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.SerializableString;

/** The fields that every event has. */
final class EnvelopeNames {
    static final SerializableString SCHEMA_VERSION = name("schema_version");
    static final SerializableString EVENT_ID = name("event_id");
    static final SerializableString EVENT_TYPE = name("event_type");
    static final SerializableString OCCURRED_AT = name("occurred_at");
    static final SerializableString TENANT = name("tenant");
    static final SerializableString USER_ID = name("user_id");
    static final SerializableString TASK_ID = name("task_id");
    static final SerializableString CORRELATION_ID = name("correlation_id");

    private EnvelopeNames() {}
}
