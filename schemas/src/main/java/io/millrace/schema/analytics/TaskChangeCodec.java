package io.millrace.schema.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link TaskChange}. */
public final class TaskChangeCodec extends RecordCodec<TaskChange> {
    public TaskChangeCodec() {
        super(TaskChange.class);
    }
}
