package io.millrace.schema.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/** Writes one event as JSON in UTF-8. Fields whose value is null are left out. */
public final class JsonWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Writes the fields of one object. */
    @FunctionalInterface
    public interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private JsonWriter() {}

    /** The name of a field, encoded once. */
    public static SerializableString name(String name) {
        return new SerializedString(name);
    }

    /** The JSON object with these fields. */
    public static byte[] object(Body body) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(FACTORY._getBufferRecycler());
                JsonGenerator out = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    public static void text(JsonGenerator out, SerializableString name, String value) throws IOException {
        if (value != null) {
            out.writeFieldName(name);
            out.writeString(value);
        }
    }

    public static void uuid(JsonGenerator out, SerializableString name, UUID value) throws IOException {
        text(out, name, value.toString());
    }

    /** A moment in UTC; null for none. */
    public static void time(JsonGenerator out, SerializableString name, Long epochMillis) throws IOException {
        if (epochMillis != null) {
            text(out, name, IsoDateTimes.formatUtc(epochMillis));
        }
    }

    public static void number(JsonGenerator out, SerializableString name, long value) throws IOException {
        out.writeFieldName(name);
        out.writeNumber(value);
    }

    public static void bool(JsonGenerator out, SerializableString name, boolean value) throws IOException {
        out.writeFieldName(name);
        out.writeBoolean(value);
    }

    /** A value that is JSON text already; null for none. */
    public static void json(JsonGenerator out, SerializableString name, String value) throws IOException {
        if (value != null) {
            out.writeFieldName(name);
            out.writeRawValue(value);
        }
    }

    /** A list of strings, left out when null or empty. */
    public static void texts(JsonGenerator out, SerializableString name, List<String> values) throws IOException {
        if (values != null && !values.isEmpty()) {
            out.writeFieldName(name);
            out.writeStartArray();
            for (int i = 0; i < values.size(); i++) {
                out.writeString(values.get(i));
            }
            out.writeEndArray();
        }
    }

    /** A list of numbers, left out when null. */
    public static void numbers(JsonGenerator out, SerializableString name, List<Integer> values) throws IOException {
        if (values != null) {
            out.writeFieldName(name);
            out.writeStartArray();
            for (int i = 0; i < values.size(); i++) {
                out.writeNumber(values.get(i));
            }
            out.writeEndArray();
        }
    }
}
