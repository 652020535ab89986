package io.millrace.schema.task;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;

/**
 * Says first what matters most: of an event of another version or type, that it is one, and not that some field of it
 * does not look as it would in this version.
 */
final class VersionCheck {

    private VersionCheck() {}

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

    /** The rejection to report for a value that was rejected with {@code first}. */
    static RejectedEventException preferred(byte[] value, int from, int to, RejectedEventException first) {
        if (first.code() == ErrorCode.UNKNOWN_VERSION || first.code() == ErrorCode.UNKNOWN_TYPE) {
            return first;
        }
        try {
            JsonEvent.readObject(value, from, to, VersionCheck::readField);
        } catch (RejectedEventException second) {
            if (second.code() == ErrorCode.UNKNOWN_VERSION || second.code() == ErrorCode.UNKNOWN_TYPE) {
                return second;
            }
        }
        return first;
    }

    private static void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        if (name.equals("schema_version")) {
            requireKnown(json.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } else if (name.equals("event_type")) {
            requireKnown(json.string(name, 1, 200));
        }
    }
}
