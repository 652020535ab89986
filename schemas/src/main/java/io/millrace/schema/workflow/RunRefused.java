package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import java.util.Map;

/**
 * A start that came to nothing.
 *
 * @param version null when the start named none
 * @param parent null unless another run wanted to start it
 */
@Event(
        type = "run.refused",
        description =
                "A start that could not be bound to a definition. Written by the workflows job to the inbox of the run;"
                        + " a run that has begun already ignores it.",
        id = "uuid5 of tenant, run and `refused`.")
public record RunRefused(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(value = Value.WORKFLOW) String workflow,
        @Field(value = Value.WORKFLOW_VERSION, optional = true) String version,
        @Field(
                        title = "Reason",
                        description = "Why, for people.",
                        max = 1_000,
                        example = "\"no definition of invoice 1.0.0 came within 60 s\"")
                String reason,
        @Field(
                        title = "Attributes",
                        description = "By which the run is found.",
                        max = WorkflowStart.MAX_ATTRIBUTES,
                        optional = true)
                Map<String, String> attributes,
        @Field(title = "Parent", description = "The run that wanted to start it.", optional = true)
                WorkflowStart.Parent parent)
        implements WorkflowInput {

    private static final EventType<RunRefused> TYPE = EventType.of(RunRefused.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
