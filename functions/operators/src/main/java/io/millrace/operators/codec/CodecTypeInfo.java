package io.millrace.operators.codec;

import io.millrace.schema.wire.Codec;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type information of what a {@link Codec} encodes. */
public final class CodecTypeInfo<T> extends TypeInformation<T> {
    private static final long serialVersionUID = 1L;

    private final Class<? extends Codec<T>> codecClass;
    private final Class<T> type;

    private CodecTypeInfo(Class<? extends Codec<T>> codecClass) {
        this.codecClass = codecClass;
        this.type = CodecSerializer.instantiate(codecClass).type();
    }

    /** @param codecClass has a public constructor without parameters */
    public static <T> CodecTypeInfo<T> by(Class<? extends Codec<T>> codecClass) {
        return new CodecTypeInfo<>(codecClass);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return new CodecSerializer<>(codecClass);
    }

    @Override
    public String toString() {
        return "Codec(" + type.getSimpleName() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CodecTypeInfo<?> that && codecClass.equals(that.codecClass);
    }

    @Override
    public int hashCode() {
        return codecClass.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CodecTypeInfo;
    }
}
