package io.millrace.schema.workflow;

import io.millrace.schema.wire.SealedCodec;

/** The binary form of {@link WorkflowInput}. */
public final class WorkflowInputCodec extends SealedCodec<WorkflowInput> {
    public WorkflowInputCodec() {
        super(
                WorkflowInput.class,
                RunStarted.class,
                RunRefused.class,
                WorkflowControl.class,
                WorkflowSignal.class,
                ApprovalDecided.class,
                RunContinued.class,
                ChildEnded.class,
                AgentAnswered.class);
    }
}
