package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * A run is to be cancelled, suspended, resumed or tried again.
 *
 * @param input JSON text; null for the one that the step had. Only with {@link Action#RETRY}
 */
@Event(
        type = "workflow.control",
        description =
                "Cancels, suspends or resumes a run, or tries the step again that it failed at. The key is the `run_id`.",
        id = "Any; one that came already does nothing.",
        maxBytes = WorkflowInput.MAX_BYTES)
public record WorkflowControl(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(title = "Action", description = "What is to be done with the run.", example = "\"cancel\"")
                Action action,
        @Field(title = "By", description = "Who wants it.", max = 200, optional = true, example = "\"ada@example.com\"")
                String by,
        @Field(title = "Reason", description = "Why.", max = 1_000, optional = true, example = "\"ordered twice\"")
                String reason,
        @Field(value = Value.JSON, optional = true) String input)
        implements WorkflowCommand, WorkflowInput {

    private static final EventType<WorkflowControl> TYPE = EventType.of(WorkflowControl.class);

    /** What is to be done. */
    public enum Action {
        CANCEL,
        SUSPEND,
        RESUME,
        /** From the step that failed, with the input that it had or another one. */
        RETRY
    }

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
