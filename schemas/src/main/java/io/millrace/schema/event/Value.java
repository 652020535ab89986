package io.millrace.schema.event;

import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.Zones;
import java.io.IOException;

/** Values that several events have: where the JSON Schemas define each, and how it is read. */
public enum Value {
    /** Nothing shared: what it may be follows from its type and its {@link Field}. */
    OF_ITS_TYPE("", null),
    USER_ID("defs/envelope.v1.json#/$defs/user_id", Value::identifier),
    TASK_ID("defs/envelope.v1.json#/$defs/task_id", Value::identifier),
    TITLE("defs/task-fields.v1.json#/$defs/title", (field, json) -> json.string(field, 1, 500)),
    PRIORITY("defs/task-fields.v1.json#/$defs/priority", null),
    TIME_ZONE("defs/task-fields.v1.json#/$defs/time_zone", Value::zone);

    /** Reads a value; {@code field} is its full name for messages. */
    @FunctionalInterface
    interface Reading {
        Object read(String field, JsonEvent json) throws IOException, RejectedEventException;
    }

    private final String definition;
    private final Reading reading;

    Value(String definition, Reading reading) {
        this.definition = definition;
        this.reading = reading;
    }

    /** Its definition among the JSON Schemas; empty when it has none of its own. */
    public String definition() {
        return definition;
    }

    /** Null when it is read by its type. */
    Reading reading() {
        return reading;
    }

    private static Object identifier(String field, JsonEvent json) throws IOException, RejectedEventException {
        return json.identifier(field, EnvelopeReader.MAX_ID);
    }

    private static Object zone(String field, JsonEvent json) throws IOException, RejectedEventException {
        try {
            return Zones.named(json.string(field, 1, EnvelopeReader.MAX_ID)).getId();
        } catch (IllegalArgumentException e) {
            throw json.invalid(field, e.getMessage());
        }
    }
}
