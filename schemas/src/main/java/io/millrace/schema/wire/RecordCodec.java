package io.millrace.schema.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A codec that follows from the components of a record: for what is not written so often that a codec by hand pays. A
 * codec of a type is a subclass with a constructor that names it, by which savepoints find it.
 *
 * <p>A record stands as the number of its components and each of them in order. Components, and constants of enums, are
 * only ever appended: what was written before lacks the later ones, which are read as null, 0, false or empty. Nothing
 * else about a component may change but its name.
 *
 * <p>A component is an {@code int}, {@code long}, {@code boolean} or {@code double}, its wrapper, a {@link String},
 * {@link UUID}, {@link Instant} (to the millisecond), enum or record, any of which may be null; or a {@link List}, or {@link Map} by {@link String} or {@link Integer}, of such,
 * which is never null. Maps come back sorted.
 */
public abstract class RecordCodec<R extends Record> implements Codec<R> {
    private final Class<R> type;
    private final Shape<R> shape;

    /** @throws IllegalArgumentException when it has a component of a type that is not listed above */
    protected RecordCodec(Class<R> type) {
        this.type = type;
        this.shape = new Shape<>(type);
    }

    @Override
    public final Class<R> type() {
        return type;
    }

    @Override
    public final void write(R value, DataOutput out) throws IOException {
        shape.write(value, out);
    }

    @Override
    public final R read(DataInput in) throws IOException {
        return shape.read(in);
    }

    /** How values of one type are written and read. */
    private interface Part {
        void write(Object value, DataOutput out) throws IOException;

        Object read(DataInput in) throws IOException;

        /** What stands for a value that was never written. */
        default Object absent() {
            return null;
        }
    }

    /** Writes a value. */
    @FunctionalInterface
    private interface Writing<T> {
        void write(DataOutput out, T value) throws IOException;
    }

    /** Reads a value. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(DataInput in) throws IOException;
    }

    private record Plain<T>(Writing<T> writing, Reading<T> reading, Object absent) implements Part {
        @Override
        @SuppressWarnings("unchecked")
        public void write(Object value, DataOutput out) throws IOException {
            writing.write(out, (T) value);
        }

        @Override
        public Object read(DataInput in) throws IOException {
            return reading.read(in);
        }
    }

    private record Nullable(Part part) implements Part {
        @Override
        public void write(Object value, DataOutput out) throws IOException {
            out.writeBoolean(value != null);
            if (value != null) {
                part.write(value, out);
            }
        }

        @Override
        public Object read(DataInput in) throws IOException {
            return in.readBoolean() ? part.read(in) : null;
        }
    }

    private static final class Shape<R extends Record> implements Part {
        private final Components<R> components;
        private final List<Part> parts = new ArrayList<>();

        Shape(Class<R> type) {
            components = new Components<>(type);
            for (int i = 0; i < components.size(); i++) {
                RecordComponent component = components.get(i);
                parts.add(part(component.getGenericType(), type.getSimpleName() + "." + component.getName()));
            }
        }

        private String name() {
            return components.type().getSimpleName();
        }

        @Override
        public void write(Object value, DataOutput out) throws IOException {
            Binary.writeSize(out, parts.size());
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).write(components.of(value, i), out);
            }
        }

        @Override
        public R read(DataInput in) throws IOException {
            int written = Binary.readSize(in);
            if (written > parts.size()) {
                throw new IOException(name() + " of a later build: it has " + written + " components, this build knows "
                        + parts.size());
            }
            Object[] values = new Object[parts.size()];
            for (int i = 0; i < values.length; i++) {
                Part part = parts.get(i);
                values[i] = i < written ? part.read(in) : part.absent();
            }
            try {
                return components.make(values);
            } catch (IllegalArgumentException e) {
                throw new IOException("no " + name() + " can be made of it: " + e.getMessage(), e);
            }
        }
    }

    private static Part part(Type type, String where) {
        if (type instanceof ParameterizedType of && of.getRawType() == List.class) {
            return list(part(of.getActualTypeArguments()[0], where));
        }
        if (type instanceof ParameterizedType of && of.getRawType() == Map.class) {
            Type key = of.getActualTypeArguments()[0];
            if (key == String.class || key == Integer.class) {
                return map(part((Class<?>) key), part(of.getActualTypeArguments()[1], where));
            }
        }
        if (type instanceof Class<?> plain) {
            Part part = part(plain);
            if (part != null) {
                return plain.isPrimitive() || plain == String.class ? part : new Nullable(part);
            }
        }
        throw new IllegalArgumentException(where + ": there is no encoding of " + type.getTypeName());
    }

    private static Part part(Class<?> type) {
        if (type == long.class || type == Long.class) {
            return new Plain<>(Binary::writeSigned, Binary::readSigned, 0L);
        }
        if (type == int.class || type == Integer.class) {
            return new Plain<Integer>(Binary::writeSigned, in -> (int) Binary.readSigned(in), 0);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Plain<>(DataOutput::writeBoolean, DataInput::readBoolean, false);
        }
        if (type == double.class || type == Double.class) {
            return new Plain<>(DataOutput::writeDouble, DataInput::readDouble, 0.0);
        }
        if (type == String.class) {
            return new Plain<>(Binary::writeString, Binary::readString, null);
        }
        if (type == UUID.class) {
            return new Plain<>(Binary::writeUuid, Binary::readUuid, null);
        }
        if (type == Instant.class) {
            return new Plain<Instant>(
                    (out, value) -> Binary.writeSigned(out, value.toEpochMilli()),
                    in -> Instant.ofEpochMilli(Binary.readSigned(in)),
                    null);
        }
        if (type.isEnum()) {
            return constants(type.getEnumConstants(), type.getSimpleName());
        }
        return type.isRecord() ? new Shape<>(type.asSubclass(Record.class)) : null;
    }

    private static Part constants(Object[] all, String name) {
        return new Plain<Enum<?>>(
                (out, value) -> Binary.writeSize(out, value.ordinal()),
                in -> {
                    int ordinal = Binary.readSize(in);
                    if (ordinal >= all.length) {
                        throw new IOException(name + " of a later build: constant number " + ordinal);
                    }
                    return (Enum<?>) all[ordinal];
                },
                null);
    }

    private static Part list(Part element) {
        return new Plain<List<?>>(
                (out, list) -> Binary.writeList(out, list, (to, value) -> element.write(value, to)),
                in -> Collections.unmodifiableList(Binary.readList(in, element::read)),
                List.of());
    }

    private static Part map(Part key, Part value) {
        return new Plain<Map<?, ?>>(
                (out, map) -> {
                    Binary.writeSize(out, map.size());
                    for (Map.Entry<?, ?> entry : map.entrySet()) {
                        key.write(entry.getKey(), out);
                        value.write(entry.getValue(), out);
                    }
                },
                in -> {
                    Map<Object, Object> map = new TreeMap<>();
                    for (int left = Binary.readSize(in); left > 0; left--) {
                        map.put(key.read(in), value.read(in));
                    }
                    return Collections.unmodifiableMap(map);
                },
                Map.of());
    }
}
