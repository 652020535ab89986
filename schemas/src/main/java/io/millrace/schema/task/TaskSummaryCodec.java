package io.millrace.schema.task;

import io.millrace.schema.wire.RecordCodec;

public final class TaskSummaryCodec extends RecordCodec<TaskSummary> {

    public TaskSummaryCodec() {
        super(TaskSummary.class);
    }
}
