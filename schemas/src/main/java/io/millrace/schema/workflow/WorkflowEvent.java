package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/**
 * Something happened in a run.
 *
 * @param version null when a run was refused that named none
 * @param step JSON pointer; null when it is about the run
 * @param iteration null outside of loops
 * @param attempt from 1; 0 when it is about no attempt
 * @param waitingFor null when nothing is waited for
 */
@Event(
        type = "workflow.event",
        description =
                "Something happened in a run. Those of a run are in order, and numbered: sent again after a crash one has"
                        + " the same `event_id`. The key is the `run_id`.",
        id = "uuid5 of tenant, run and number.")
public record WorkflowEvent(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(value = Value.WORKFLOW) String workflow,
        @Field(value = Value.WORKFLOW_VERSION, optional = true) String version,
        @Field(title = "Number", description = "Counts the events of a run, from 1.", min = 1, example = "4")
                long number,
        @Field(title = "Change", description = "What happened.", example = "\"step_completed\"") Change change,
        @Field(
                        title = "Step",
                        description = "JSON pointer of the step in the definition.",
                        max = 1_000,
                        optional = true,
                        example = "\"/do/1/scan\"")
                String step,
        @Field(
                        title = "Iteration",
                        description = "In which rounds of the loops around it, from 0, the outermost first.",
                        max = 500,
                        optional = true,
                        example = "\"2/0\"")
                String iteration,
        @Field(
                        title = "Kind",
                        description = "What kind of step it is: a keyword of the DSL, `agent` or `approval`.",
                        max = 50,
                        optional = true,
                        example = "\"agent\"")
                String kind,
        @Field(title = "Attempt", description = "From 1.", optional = true, example = "1") int attempt,
        @Field(
                        title = "Duration",
                        description = "How long it took, milliseconds; of what ended.",
                        optional = true,
                        example = "412")
                Long durationMs,
        @Field(
                        title = "Cost",
                        description = "What it cost, millionths of the currency; of what ended.",
                        optional = true,
                        example = "160")
                Long costMicros,
        @Field(title = "Waiting for", description = "What is waited for.", optional = true) Waiting waitingFor,
        @Field(
                        title = "By",
                        description = "Who decided or commanded it.",
                        max = 200,
                        optional = true,
                        example = "\"ada@example.com\"")
                String by,
        @Field(
                        title = "Detail",
                        description = "In a sentence.",
                        max = 2_000,
                        optional = true,
                        example = "\"the approval expired at 2026-12-02T07:00:00Z\"")
                String detail,
        @Field(title = "Error", description = "What went wrong.", optional = true) WorkflowError error) {

    private static final EventType<WorkflowEvent> TYPE = EventType.of(WorkflowEvent.class);

    /** What happened. */
    public enum Change {
        RUN_STARTED,
        RUN_REFUSED,
        RUN_SUSPENDED,
        RUN_RESUMED,
        RUN_RETRIED,
        RUN_COMPLETED,
        RUN_FAILED,
        RUN_CANCELLED,
        STEP_STARTED,
        STEP_WAITING,
        STEP_RETRIED,
        STEP_COMPLETED,
        STEP_FAILED,
        STEP_CANCELLED,
        STEP_SKIPPED,
        /** Somebody decided, and it counts. */
        DECISION_ACCEPTED,
        /** Somebody decided who may not, or too late. */
        DECISION_REFUSED,
        APPROVAL_ESCALATED,
        /** A command that does not fit the state of the run. */
        COMMAND_REFUSED,
        SIGNAL_RECEIVED,
        /** What an attempt cost that nobody waits for any more. */
        COST_SETTLED
    }

    /** @throws RejectedEventException when the record holds none */
    public static WorkflowEvent read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
