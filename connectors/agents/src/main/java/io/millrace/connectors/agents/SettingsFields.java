package io.millrace.connectors.agents;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The fields that the object {@code transport} of a definition may have, and how each is read. Others are ignored;
 * {@code null} is as if the field were absent; a field given twice is an error.
 */
public final class SettingsFields {
    private static final String OBJECT = "transport.";

    /** Reads the value of one field; {@code field} is its full name for messages. */
    @FunctionalInterface
    public interface Reader {
        void read(String field, JsonEvent json) throws IOException, RejectedEventException;
    }

    private final Map<String, Reader> readers = new HashMap<>();

    public SettingsFields with(String name, Reader reader) {
        readers.put(name, reader);
        return this;
    }

    /**
     * Reads them.
     *
     * @param settings the object as JSON text
     * @throws RejectedEventException naming the field that is wrong
     */
    public void read(String settings) throws RejectedEventException {
        Set<String> seen = new HashSet<>();
        byte[] value = settings.getBytes(StandardCharsets.UTF_8);
        JsonEvent.readObject(value, 0, value.length, (name, json) -> {
            Reader reader = readers.get(name);
            if (reader == null) {
                return;
            }
            if (!seen.add(name)) {
                throw json.duplicate(OBJECT + name);
            }
            if (!json.isNull()) {
                reader.read(OBJECT + name, json);
            }
        });
    }

    /** @throws RejectedEventException when the value is null */
    public static void require(Object value, String name) throws RejectedEventException {
        if (value == null) {
            throw new RejectedEventException(ErrorCode.MISSING_FIELD, OBJECT + name + ": missing");
        }
    }

    /** A problem that concerns more than the value of one field, or comes to light after it was read. */
    public static RejectedEventException wrong(String name, String problem) {
        return new RejectedEventException(ErrorCode.INVALID_VALUE, OBJECT + name + ": " + problem);
    }
}
