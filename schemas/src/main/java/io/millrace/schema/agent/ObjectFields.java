package io.millrace.schema.agent;

import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields that an object may have, and how each is read into a {@code T}. Others are ignored; {@code null} is as if
 * the field were absent; a field given twice is an error.
 */
final class ObjectFields<T> {

    /** Reads the value of one field; {@code field} is its full name for messages. */
    @FunctionalInterface
    interface Reader<T> {
        void read(T into, String field, JsonEvent json) throws IOException, RejectedEventException;
    }

    private record Field<T>(int bit, String path, Reader<T> reader) {}

    private final String parent;
    private final Map<String, Field<T>> fields = new HashMap<>();

    /** @param parent the full name of the object; empty for the event itself */
    ObjectFields(String parent) {
        this.parent = parent.isEmpty() ? "" : parent + ".";
    }

    ObjectFields<T> with(String name, Reader<T> reader) {
        if (fields.size() == Integer.SIZE) {
            throw new IllegalStateException("more fields than bits");
        }
        fields.put(name, new Field<>(1 << fields.size(), parent + name, reader));
        return this;
    }

    /**
     * Reads a field of the object.
     *
     * @param seen the fields seen before, 0 at first
     * @return the fields seen by now
     */
    int read(String name, JsonEvent json, T into, int seen) throws IOException, RejectedEventException {
        Field<T> field = fields.get(name);
        if (field == null) {
            return seen;
        }
        if ((seen & field.bit()) != 0) {
            throw json.duplicate(field.path());
        }
        if (!json.isNull()) {
            field.reader().read(into, field.path(), json);
        }
        return seen | field.bit();
    }

    /** Reads an object value into {@code into}. */
    T object(String field, JsonEvent json, T into) throws IOException, RejectedEventException {
        int[] seen = new int[1];
        json.object(field, (name, value) -> seen[0] = read(name, value, into, seen[0]));
        return into;
    }
}
