package io.millrace.schema.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A codec of a sealed interface of records, each encoded as {@link RecordCodec} does, behind its place in a list. A
 * codec of a type is a subclass, by which savepoints find it; types are only ever appended to its list.
 */
public abstract class SealedCodec<T> implements Codec<T> {
    private final Class<T> type;
    private final List<OneOf<?>> codecs = new ArrayList<>();
    private final Map<Class<?>, Integer> places = new HashMap<>();

    /** @throws IllegalArgumentException when a component of one of them has no encoding */
    @SafeVarargs
    protected SealedCodec(Class<T> type, Class<? extends Record>... records) {
        this.type = type;
        for (Class<? extends Record> record : records) {
            places.put(record, codecs.size());
            codecs.add(new OneOf<>(record));
        }
    }

    private static final class OneOf<R extends Record> extends RecordCodec<R> {
        OneOf(Class<R> type) {
            super(type);
        }

        void writeAny(Object value, DataOutput out) throws IOException {
            write(type().cast(value), out);
        }
    }

    @Override
    public final Class<T> type() {
        return type;
    }

    @Override
    public final void write(T value, DataOutput out) throws IOException {
        Integer place = places.get(value.getClass());
        if (place == null) {
            throw new IOException("there is no encoding of " + value.getClass().getName());
        }
        Binary.writeSize(out, place);
        codecs.get(place).writeAny(value, out);
    }

    @Override
    public final T read(DataInput in) throws IOException {
        int place = Binary.readSize(in);
        if (place >= codecs.size()) {
            throw new IOException(type.getSimpleName() + " of a later build: type number " + place);
        }
        return type.cast(codecs.get(place).read(in));
    }
}
