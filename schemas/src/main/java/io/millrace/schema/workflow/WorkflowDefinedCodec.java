package io.millrace.schema.workflow;

import io.millrace.schema.wire.RecordCodec;

/** The binary form of {@link WorkflowDefined}. */
public final class WorkflowDefinedCodec extends RecordCodec<WorkflowDefined> {
    public WorkflowDefinedCodec() {
        super(WorkflowDefined.class);
    }
}
