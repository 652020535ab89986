package io.millrace.operators.codec;

import io.millrace.schema.wire.Codec;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a savepoint says about a {@link CodecSerializer}: the codec's class. Versions are in the values themselves, and
 * a codec reads all it ever wrote, so the same class is always compatible as it is.
 */
public final class CodecSerializerSnapshot<T> implements TypeSerializerSnapshot<T> {
    private static final int VERSION = 1;

    private Class<? extends Codec<T>> codecClass;

    /** For Flink, which reads the rest afterwards. */
    public CodecSerializerSnapshot() {}

    CodecSerializerSnapshot(Class<? extends Codec<T>> codecClass) {
        this.codecClass = codecClass;
    }

    @Override
    public int getCurrentVersion() {
        return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        out.writeUTF(codecClass.getName());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader classLoader) throws IOException {
        if (readVersion != VERSION) {
            throw new IOException("a codec's snapshot in version " + readVersion + "; this build reads " + VERSION);
        }
        String name = in.readUTF();
        try {
            codecClass = (Class<? extends Codec<T>>)
                    Class.forName(name, false, classLoader).asSubclass(Codec.class);
        } catch (ClassNotFoundException e) {
            throw new IOException("the codec " + name + ", which wrote this state, is not part of the job any more", e);
        } catch (ClassCastException e) {
            throw new IOException(name + ", which is said to have written this state, is no codec", e);
        }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
        return new CodecSerializer<>(codecClass);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(TypeSerializerSnapshot<T> oldSnapshot) {
        return oldSnapshot instanceof CodecSerializerSnapshot<T> old && old.codecClass.equals(codecClass)
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }
}
