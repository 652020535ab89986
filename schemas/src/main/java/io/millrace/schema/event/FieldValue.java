package io.millrace.schema.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.millrace.schema.wire.IsoDateTimes;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** How the value of a field is read and written. */
final class FieldValue {
    private final Value.Reading reading;
    private final Writing writing;
    private final boolean optional;
    private final Object absent;

    /** Writes a value. */
    @FunctionalInterface
    private interface Writing {
        void write(Object value, JsonGenerator out) throws IOException;
    }

    private FieldValue(Value.Reading reading, Writing writing, boolean optional, Object absent) {
        this.reading = reading;
        this.writing = writing;
        this.optional = optional;
        this.absent = absent;
    }

    /** @throws IllegalArgumentException when no value of that type is read and written */
    static FieldValue of(Field field, Type type) {
        if (field.value() == Value.JSON) {
            return new FieldValue(
                    Value.JSON.reading(), (value, out) -> out.writeRawValue((String) value), field.optional(), null);
        }
        FieldValue ofType = ofType(field, type);
        Value.Reading shared = field.value().reading();
        return new FieldValue(
                shared == null ? ofType.reading : shared, ofType.writing, field.optional(), ofType.absent);
    }

    Object read(String field, JsonEvent json) throws IOException, RejectedEventException {
        return reading.read(field, json);
    }

    void write(Object value, JsonGenerator out) throws IOException {
        writing.write(value, out);
    }

    boolean isOptional() {
        return optional;
    }

    /** What stands for the value of an event that lacks it. */
    Object absent() {
        return absent;
    }

    private static FieldValue required(Value.Reading reading, Writing writing, Object absent) {
        return new FieldValue(reading, writing, false, absent);
    }

    private static FieldValue ofType(Field field, Type type) {
        if (type instanceof ParameterizedType of && of.getRawType() == List.class) {
            return list(field, of.getActualTypeArguments()[0]);
        }
        if (type instanceof ParameterizedType of
                && of.getRawType() == Map.class
                && of.getActualTypeArguments()[0] == String.class) {
            return map(field, of.getActualTypeArguments()[1]);
        }
        if (type == String.class) {
            int max = (int) Math.min(field.max(), Integer.MAX_VALUE / 2);
            return required(
                    (name, json) -> json.string(name, (int) field.min(), max),
                    (value, out) -> out.writeString((String) value),
                    null);
        }
        if (type == int.class || type == Integer.class) {
            int max = (int) Math.min(field.max(), Integer.MAX_VALUE);
            return required(
                    (name, json) -> json.integer(name, (int) field.min(), max),
                    (value, out) -> out.writeNumber((Integer) value),
                    type == int.class ? 0 : null);
        }
        if (type == long.class || type == Long.class) {
            return required(
                    (name, json) -> json.number(name, field.min(), field.max()),
                    (value, out) -> out.writeNumber((Long) value),
                    type == long.class ? 0L : null);
        }
        if (type == double.class || type == Double.class) {
            return required(
                    (name, json) -> json.decimal(name, field.min(), field.max()),
                    (value, out) -> out.writeNumber((Double) value),
                    type == double.class ? 0.0 : null);
        }
        if (type == boolean.class || type == Boolean.class) {
            return required(
                    (name, json) -> json.bool(name),
                    (value, out) -> out.writeBoolean((Boolean) value),
                    type == boolean.class ? false : null);
        }
        if (type == Instant.class) {
            return required(
                    (name, json) -> json.instant(name),
                    (value, out) -> out.writeString(IsoDateTimes.formatUtc(((Instant) value).toEpochMilli())),
                    null);
        }
        if (type == UUID.class) {
            return required((name, json) -> json.uuid(name), (value, out) -> out.writeString(value.toString()), null);
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return constant(plain);
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return object(new RecordFields<>(plain.asSubclass(Record.class), 0));
        }
        throw new IllegalArgumentException("no value of " + type.getTypeName() + " is read and written");
    }

    private static FieldValue constant(Class<?> type) {
        Enum<?>[] all = (Enum<?>[]) type.getEnumConstants();
        return required(
                (name, json) -> {
                    String text = json.string(name, 0, 100);
                    for (Enum<?> one : all) {
                        if (EventType.wireName(one).equals(text)) {
                            return one;
                        }
                    }
                    throw json.invalid(
                            name,
                            "must be one of "
                                    + Arrays.stream(all)
                                            .map(EventType::wireName)
                                            .collect(Collectors.joining(", ")));
                },
                (value, out) -> out.writeString(EventType.wireName((Enum<?>) value)),
                null);
    }

    private static <R extends Record> FieldValue object(RecordFields<R> fields) {
        return required(
                (name, json) -> {
                    RecordFields<R>.Reading reading = fields.reading(name);
                    json.object(name, reading::read);
                    return reading.finish();
                },
                (value, out) -> {
                    out.writeStartObject();
                    fields.write(value, out);
                    out.writeEndObject();
                },
                null);
    }

    private static FieldValue list(Field field, Type of) {
        FieldValue element = ofType(Field.Unbounded.FIELD, of);
        return required(
                (name, json) -> {
                    if (!json.isArray()) {
                        throw json.wrongType(name, "an array");
                    }
                    List<Object> list = new ArrayList<>();
                    while (json.nextElement()) {
                        if (list.size() == field.max()) {
                            throw json.invalid(name, "must have at most " + field.max() + " elements");
                        }
                        list.add(element.read(name + "[" + list.size() + "]", json));
                    }
                    return List.copyOf(list);
                },
                (value, out) -> {
                    out.writeStartArray();
                    for (Object one : (List<?>) value) {
                        element.write(one, out);
                    }
                    out.writeEndArray();
                },
                List.of());
    }

    private static FieldValue map(Field field, Type of) {
        FieldValue entry = ofType(Field.Unbounded.FIELD, of);
        return required(
                (name, json) -> {
                    Map<String, Object> map = new TreeMap<>();
                    json.object(name, (key, at) -> {
                        if (map.size() == field.max()) {
                            throw at.invalid(name, "must have at most " + field.max() + " fields");
                        }
                        String full = name + "." + key;
                        if (map.put(key, entry.read(full, at)) != null) {
                            throw at.duplicate(full);
                        }
                    });
                    return Collections.unmodifiableMap(map);
                },
                (value, out) -> {
                    out.writeStartObject();
                    for (Map.Entry<?, ?> one : ((Map<?, ?>) value).entrySet()) {
                        out.writeFieldName((String) one.getKey());
                        entry.write(one.getValue(), out);
                    }
                    out.writeEndObject();
                },
                Map.of());
    }
}
