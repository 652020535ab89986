package io.millrace.schema.workflow;

import io.millrace.schema.wire.SealedCodec;

/** The binary form of {@link WorkflowCommand}. */
public final class WorkflowCommandCodec extends SealedCodec<WorkflowCommand> {
    public WorkflowCommandCodec() {
        super(WorkflowCommand.class, WorkflowStart.class, WorkflowControl.class, WorkflowSignal.class);
    }
}
