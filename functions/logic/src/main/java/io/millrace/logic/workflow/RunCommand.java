package io.millrace.logic.workflow;

import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.workflow.ApprovalRequested;
import io.millrace.schema.workflow.ChildEnded;
import io.millrace.schema.workflow.RunContinued;
import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowEmitted;
import io.millrace.schema.workflow.WorkflowEvent;
import io.millrace.schema.workflow.WorkflowRun;
import io.millrace.schema.workflow.WorkflowStart;
import java.util.UUID;

/** Something to be done as a consequence of a decision about a run, in the order given. */
public sealed interface RunCommand {

    /**
     * Call an agent; the answer is to come to the run.
     *
     * @param eventId the same when the call is sent again
     * @param at log time, milliseconds since the epoch
     * @param input JSON text
     * @param timeoutMs 0 when the agent's definition says how long it may take
     * @param grant null when no approval is needed
     * @param correlationId may be null, as {@code traceparent}
     */
    record Call(
            UUID eventId,
            long at,
            String tenant,
            String runId,
            String callKey,
            String agent,
            String input,
            int timeoutMs,
            Grant grant,
            String correlationId,
            String traceparent)
            implements RunCommand {}

    /**
     * Who approved a call.
     *
     * @param definitionDigest of the agent, as it was when the run was bound
     */
    record Grant(String requestId, String approvedBy, String definitionDigest) {}

    /** Ask people. */
    record Ask(ApprovalRequested request) implements RunCommand {}

    /** Start another run. */
    record StartRun(WorkflowStart start) implements RunCommand {}

    /** Have another run cancelled. */
    record CancelRun(WorkflowControl control) implements RunCommand {}

    /** Publish what the workflow emits. */
    record Emit(WorkflowEmitted emitted) implements RunCommand {}

    /** Come back to this run. */
    record Continue(RunContinued slice) implements RunCommand {}

    /** Tell the run that waits for this one. */
    record Return(ChildEnded end) implements RunCommand {}

    /** Tell whoever rolls the version out how the run went. */
    record Signal(HealthSignal signal) implements RunCommand {}

    /** Tell what happened. */
    record Tell(WorkflowEvent event) implements RunCommand {}

    /** Show how the run is. */
    record Show(WorkflowRun view) implements RunCommand {}
}
