package io.millrace.operators.codec;

import io.millrace.schema.wire.Codec;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes immutable values by a {@link Codec}.
 *
 * @param <T> an immutable type: copies are the value itself
 */
public final class CodecSerializer<T> extends TypeSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<? extends Codec<T>> codecClass;
    private transient Codec<T> codec;

    public CodecSerializer(Class<? extends Codec<T>> codecClass) {
        this.codecClass = codecClass;
    }

    Class<? extends Codec<T>> codecClass() {
        return codecClass;
    }

    private Codec<T> codec() {
        if (codec == null) {
            codec = instantiate(codecClass);
        }
        return codec;
    }

    static <T> Codec<T> instantiate(Class<? extends Codec<T>> codecClass) {
        try {
            return codecClass.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(codecClass.getName() + " needs a public constructor without parameters", e);
        }
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return new CodecSerializer<>(codecClass);
    }

    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(T value, DataOutputView target) throws IOException {
        codec().write(value, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return codec().read(source);
    }

    @Override
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecSerializer<?> that && codecClass.equals(that.codecClass);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(codecClass);
    }

    @Override
    public String toString() {
        return codecClass.getSimpleName();
    }

    @Override
    public TypeSerializerSnapshot<T> snapshotConfiguration() {
        return new CodecSerializerSnapshot<>(codecClass);
    }
}
