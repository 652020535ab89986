package io.millrace.operators.deadletter;

import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.Serializable;
import org.slf4j.LoggerFactory;

/** Reads the event that a record holds. */
@FunctionalInterface
public interface EventReader<T> extends Serializable {

    /**
     * @return null when it holds nothing that the job is concerned with
     * @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes
     */
    T read(SourceRecord source) throws RejectedEventException;

    /** Reads; should the reader break its word, the record is rejected as {@link ErrorCode#UNREADABLE}: the job goes on. */
    static <T> T read(EventReader<T> reader, SourceRecord source) throws RejectedEventException {
        try {
            return reader.read(source);
        } catch (RuntimeException | StackOverflowError e) {
            LoggerFactory.getLogger(EventReader.class)
                    .error(
                            "A defect: what is at offset {} of {}-{} can't be read",
                            source.offset(),
                            source.topic(),
                            source.partition(),
                            e);
            throw new RejectedEventException(
                    ErrorCode.UNREADABLE, "Millrace failed to read it, please report this: " + e);
        }
    }
}
