package io.millrace.operators.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesCodec;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.IncomingTaskCodec;
import io.millrace.schema.wire.Codec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class CodecSerializerSnapshotTest {

    /** Another codec of the same type. */
    public static final class OtherCodec implements Codec<Series> {
        @Override
        public void write(Series value, DataOutput out) {}

        @Override
        public Series read(DataInput in) {
            return null;
        }

        @Override
        public Class<Series> type() {
            return Series.class;
        }
    }

    @Test
    void aRestoredSnapshotOfTheSameCodecIsCompatibleAsItIs() throws Exception {
        TypeSerializerSnapshot<Series> restored =
                written(new CodecSerializer<>(SeriesCodec.class).snapshotConfiguration());

        assertThat(compatibility(new CodecSerializer<>(SeriesCodec.class).snapshotConfiguration(), restored)
                        .isCompatibleAsIs())
                .isTrue();
        assertThat(restored.restoreSerializer()).isEqualTo(new CodecSerializer<>(SeriesCodec.class));
    }

    @Test
    void aSnapshotOfAnotherCodecIsIncompatible() throws Exception {
        TypeSerializerSnapshot<Series> restored =
                written(new CodecSerializer<>(OtherCodec.class).snapshotConfiguration());

        assertThat(compatibility(new CodecSerializer<>(SeriesCodec.class).snapshotConfiguration(), restored)
                        .isIncompatible())
                .isTrue();
    }

    @Test
    void aSnapshotOfACodecThatIsGoneSaysWhichItIs() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF("io.millrace.Gone");

        assertThatThrownBy(() -> read(out, 1)).isInstanceOf(IOException.class).hasMessageContaining("io.millrace.Gone");
    }

    @Test
    void aSnapshotOfALaterVersionIsRefused() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(SeriesCodec.class.getName());

        assertThatThrownBy(() -> read(out, 2)).isInstanceOf(IOException.class).hasMessageContaining("version 2");
    }

    @Test
    void aSnapshotOfWhatIsNoCodecIsRefused() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeUTF(String.class.getName());

        assertThatThrownBy(() -> read(out, 1)).isInstanceOf(IOException.class).hasMessageContaining("java.lang.String");
    }

    @Test
    void theTypeInformationNamesTheTypeAndMakesTheSerializer() {
        TypeInformation<IncomingTask> type = CodecTypeInfo.by(IncomingTaskCodec.class);

        assertThat(type.getTypeClass()).isEqualTo(IncomingTask.class);
        assertThat(type.createSerializer(new ExecutionConfig().getSerializerConfig()))
                .isEqualTo(new CodecSerializer<>(IncomingTaskCodec.class));
        assertThat(type).isEqualTo(CodecTypeInfo.by(IncomingTaskCodec.class)).hasToString("Codec(IncomingTask)");
        assertThat(type).hasSameHashCodeAs(CodecTypeInfo.by(IncomingTaskCodec.class));
        assertThat(type.canEqual(CodecTypeInfo.by(SeriesCodec.class))).isTrue();
        assertThat(type).isNotEqualTo(CodecTypeInfo.by(SeriesCodec.class));
        assertThat(type.isBasicType() || type.isTupleType() || type.isKeyType()).isFalse();
        assertThat(type.getArity()).isEqualTo(1);
        assertThat(type.getTotalFields()).isEqualTo(1);
    }

    private static <T> TypeSerializerSchemaCompatibility<T> compatibility(
            TypeSerializerSnapshot<T> now, TypeSerializerSnapshot<T> old) {
        return now.resolveSchemaCompatibility(old);
    }

    private static <T> TypeSerializerSnapshot<T> written(TypeSerializerSnapshot<T> snapshot) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        snapshot.writeSnapshot(out);
        return read(out, snapshot.getCurrentVersion());
    }

    private static <T> TypeSerializerSnapshot<T> read(DataOutputSerializer out, int version) throws IOException {
        CodecSerializerSnapshot<T> snapshot = new CodecSerializerSnapshot<>();
        snapshot.readSnapshot(
                version,
                new DataInputDeserializer(out.getCopyOfBuffer()),
                CodecSerializerSnapshotTest.class.getClassLoader());
        return snapshot;
    }
}
