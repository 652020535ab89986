package io.millrace.operators.deadletter;

import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.Serializable;

/** Reads the event that a record holds. */
@FunctionalInterface
public interface EventReader<T> extends Serializable {

    /** @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes */
    T read(SourceRecord source) throws RejectedEventException;
}
