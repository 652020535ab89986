package io.millrace.schema.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A binary encoding of a type, for the network between tasks and for state. A codec of something that is kept in state
 * writes its version first and reads every version it ever wrote.
 *
 * <p>Implementations are stateless and have a public constructor without parameters, by which a savepoint names them.
 */
public interface Codec<T> {

    void write(T value, DataOutput out) throws IOException;

    /** @throws IOException also when the bytes are of a version this build does not know */
    T read(DataInput in) throws IOException;

    /** The type that is encoded. */
    Class<T> type();
}
