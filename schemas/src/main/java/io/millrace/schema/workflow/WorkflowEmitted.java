package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/**
 * What a run told the world.
 *
 * @param event a CloudEvent as JSON text
 */
@Event(
        type = "workflow.emitted",
        description = "An event that a run emitted by the task `emit`. The key is the `run_id`.",
        id = "uuid5 of tenant, run, step, iteration and how often the step was tried again by hand.",
        maxBytes = WorkflowInput.MAX_BYTES)
public record WorkflowEmitted(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(value = Value.WORKFLOW) String workflow,
        @Field(value = Value.WORKFLOW_VERSION) String version,
        @Field(title = "Step", description = "JSON pointer of the step.", max = 1_000, example = "\"/do/2/tell\"")
                String step,
        @Field(value = Value.JSON) String event) {

    private static final EventType<WorkflowEmitted> TYPE = EventType.of(WorkflowEmitted.class);

    /** @throws RejectedEventException when the record holds none */
    public static WorkflowEmitted read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
