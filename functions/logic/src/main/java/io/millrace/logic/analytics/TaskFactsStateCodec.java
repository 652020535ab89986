package io.millrace.logic.analytics;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link TaskFacts.State}. */
public final class TaskFactsStateCodec extends RecordCodec<TaskFacts.State> {
    public TaskFactsStateCodec() {
        super(TaskFacts.State.class);
    }
}
