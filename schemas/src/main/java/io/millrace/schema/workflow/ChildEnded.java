package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/**
 * A run ended that another one waits for.
 *
 * @param runId the one that waits
 * @param output JSON text; null when it did not complete
 * @param error null when it completed
 */
@Event(
        type = "child.ended",
        description =
                "A run ended that the one of `run_id` waits for. Written by the workflows job to the inbox of the latter.",
        id = "uuid5 of tenant, child and `ended`, and how often it was tried again.",
        maxBytes = WorkflowInput.MAX_BYTES)
public record ChildEnded(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(
                        title = "Token",
                        description = "By which the run knows what waits.",
                        min = 1,
                        max = WorkflowInput.MAX_TOKEN,
                        example = "\"5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11\"")
                String token,
        @Field(title = "Child", description = "The run that ended.", min = 1, max = 200, example = "\"invoice-7~scan\"")
                String childRunId,
        @Field(title = "State", description = "How it ended.", example = "\"completed\"") RunStatus state,
        @Field(value = Value.JSON, optional = true) String output,
        @Field(title = "Error", description = "Why it did not complete.", optional = true) WorkflowError error,
        @Field(
                        title = "Cost",
                        description = "What its agents cost, millionths of the currency.",
                        optional = true,
                        example = "160")
                long costMicros)
        implements WorkflowInput {

    private static final EventType<ChildEnded> TYPE = EventType.of(ChildEnded.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
