package io.millrace.schema.task;

import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/**
 * An accepted event together with the record it was read from, which is needed should it become a dead letter later.
 */
public record IncomingTask(TaskEvent event, SourceRecord source) {

    /** @throws RejectedEventException when the record holds no acceptable event */
    public static IncomingTask read(SourceRecord source) throws RejectedEventException {
        return new IncomingTask(TaskEventReader.read(source), source);
    }
}
