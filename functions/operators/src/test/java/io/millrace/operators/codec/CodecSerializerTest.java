package io.millrace.operators.codec;

import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's contract of a serializer. */
class CodecSerializerTest extends SerializerTestBase<CodecSerializerTest.Amount> {

    /** Some immutable value. */
    record Amount(String currency, long cents) {}

    /** Encodes {@link Amount}. */
    public static final class AmountCodec implements Codec<Amount> {
        @Override
        public void write(Amount value, DataOutput out) throws IOException {
            Binary.writeString(out, value.currency());
            out.writeLong(value.cents());
        }

        @Override
        public Amount read(DataInput in) throws IOException {
            return new Amount(Binary.readString(in), in.readLong());
        }

        @Override
        public Class<Amount> type() {
            return Amount.class;
        }
    }

    @Override
    protected TypeSerializer<Amount> createSerializer() {
        return new CodecSerializer<>(AmountCodec.class);
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<Amount> getTypeClass() {
        return Amount.class;
    }

    @Override
    protected Amount[] getTestData() {
        return new Amount[] {new Amount("EUR", 0), new Amount("", -1), new Amount(null, Long.MAX_VALUE)};
    }

    /** There is no value without content, and Flink asks for one only where values are reused. */
    @Override
    protected void testInstantiate() {
        org.assertj.core.api.Assertions.assertThat(getSerializer().createInstance())
                .isNull();
    }
}
