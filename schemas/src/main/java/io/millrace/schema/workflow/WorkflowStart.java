package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import java.util.Map;

/**
 * A run is to be started.
 *
 * @param version null for the latest that is there
 * @param input JSON text; null for none
 * @param parent null unless another run started it
 */
@Event(
        type = "workflow.start",
        description =
                "Starts a run. Of several with one `run_id` the first counts, so that a start can be sent again. A run"
                        + " waits a while for a definition that has not arrived yet, and is refused then. The key is the"
                        + " `run_id`.",
        id = "Any.",
        maxBytes = WorkflowInput.MAX_BYTES)
public record WorkflowStart(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(value = Value.WORKFLOW) String workflow,
        @Field(value = Value.WORKFLOW_VERSION, optional = true) String version,
        @Field(value = Value.JSON, optional = true) String input,
        @Field(
                        title = "Attributes",
                        description = "By which runs are found: texts by name.",
                        max = MAX_ATTRIBUTES,
                        optional = true,
                        example = "{\"customer\": \"acme\"}")
                Map<String, String> attributes,
        @Field(title = "Parent", description = "The run that started it, and waits for its end.", optional = true)
                Parent parent)
        implements WorkflowCommand {

    public static final int MAX_ATTRIBUTES = 16;
    /** Of the name of an attribute and of its value. */
    public static final int MAX_ATTRIBUTE = 200;
    /** How many runs are above a run at most. */
    public static final int MAX_DEPTH = 10;

    private static final EventType<WorkflowStart> TYPE = EventType.of(WorkflowStart.class);

    /**
     * The run that started it.
     *
     * @param token by which that run knows what waits; null when nothing does
     * @param depth how many runs are above this one
     */
    public record Parent(
            @Field(value = Value.RUN_ID) String runId,
            @Field(
                            title = "Token",
                            description = "By which the parent knows what waits for the end; absent when nothing does.",
                            min = 1,
                            max = WorkflowInput.MAX_TOKEN,
                            optional = true,
                            example = "\"5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11\"")
                    String token,
            @Field(
                            title = "Depth",
                            description = "How many runs are above this one.",
                            min = 1,
                            max = MAX_DEPTH,
                            example = "1")
                    int depth) {}

    /** @throws IllegalArgumentException when an attribute is too long */
    public WorkflowStart {
        attributes.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > MAX_ATTRIBUTE || value.length() > MAX_ATTRIBUTE) {
                throw new IllegalArgumentException(
                        "attributes: names have 1 to " + MAX_ATTRIBUTE + " characters and values at most as many");
            }
        });
    }

    @Override
    public byte[] toJson() {
        return TYPE.write(this);
    }
}
