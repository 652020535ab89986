package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * Something for a run that waits for it, or will.
 *
 * @param data JSON text; null for none
 */
@Event(
        type = "workflow.signal",
        description =
                "Tells a run something by a name. One that comes before the run waits for it is kept. The key is the"
                        + " `run_id`.",
        id = "Any; one that came already does nothing.",
        maxBytes = WorkflowInput.MAX_BYTES)
public record WorkflowSignal(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(title = "Name", description = "Of the signal.", min = 1, max = 200, example = "\"payment-received\"")
                String name,
        @Field(value = Value.JSON, optional = true) String data)
        implements WorkflowCommand, WorkflowInput {

    private static final EventType<WorkflowSignal> TYPE = EventType.of(WorkflowSignal.class);

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
