package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;

/** A run that had much to do goes on, after what came in between. */
@Event(
        type = "run.continued",
        description =
                "The next slice of a run that had more to do than is done at once. Written by the workflows job to the inbox"
                        + " of the run.",
        id = "uuid5 of tenant, run and slice.")
public record RunContinued(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(title = "Slice", description = "Counts the slices of the run, from 1.", min = 1, example = "7")
                long slice)
        implements WorkflowInput {

    private static final EventType<RunContinued> TYPE = EventType.of(RunContinued.class);

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
