package io.millrace.schema.task;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;

/**
 * What is looked at first in a value that was rejected: of an event of another version or type, its producer is told that,
 * and not that some field does not look as it would in this version; and which fields an event has depends on its type.
 *
 * @param type null when the value does not say it
 * @param rejection of the version or the type; null when both are known, or not to be found
 */
record Precedence(TaskEventType type, RejectedEventException rejection) {
    private static final int MAX_TYPE = 200;

    static void requireKnown(int schemaVersion) throws RejectedEventException {
        if (schemaVersion != TaskEvent.SCHEMA_VERSION) {
            throw new RejectedEventException(
                    ErrorCode.UNKNOWN_VERSION,
                    "schema_version: " + schemaVersion + " is not known to this build, which reads version "
                            + TaskEvent.SCHEMA_VERSION);
        }
    }

    static TaskEventType requireKnown(String eventType) throws RejectedEventException {
        TaskEventType type = TaskEventType.ofWireName(eventType);
        if (type == null) {
            throw new RejectedEventException(
                    ErrorCode.UNKNOWN_TYPE, "event_type: \"" + eventType + "\" is not known to this build");
        }
        return type;
    }

    static Precedence of(byte[] value) {
        TaskEventType[] type = new TaskEventType[1];
        try {
            JsonEvent.readObject(value, 0, value.length, (name, json) -> readField(name, json, type));
        } catch (RejectedEventException e) {
            boolean first = e.code() == ErrorCode.UNKNOWN_VERSION || e.code() == ErrorCode.UNKNOWN_TYPE;
            return new Precedence(type[0], first ? e : null);
        }
        return new Precedence(type[0], null);
    }

    private static void readField(String name, JsonEvent json, TaskEventType[] type)
            throws IOException, RejectedEventException {
        if (name.equals("schema_version")) {
            requireKnown(json.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } else if (name.equals("event_type")) {
            type[0] = requireKnown(json.string(name, 1, MAX_TYPE));
        }
    }
}
