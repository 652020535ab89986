package io.millrace.schema.workflow;

import io.millrace.schema.agent.Risk;
import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.rollout.Names;
import io.millrace.schema.wire.Envelope;
import java.util.List;
import java.util.Map;

/**
 * A run begins: a start with what the run is bound to.
 *
 * @param input JSON text; null for none
 * @param agents those that the definition names, as they were when the run was bound; one that was not registered is
 *     missing
 * @param parent null unless another run started it
 * @param choice null unless a flag chose the version
 */
@Event(
        type = "run.started",
        description =
                "A start, bound to a version of a workflow and to what is known of its agents. Written by the workflows job"
                        + " to the inbox of the run.",
        id = "uuid5 of tenant, run and `started`.",
        maxBytes = WorkflowInput.MAX_BYTES)
public record RunStarted(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(value = Value.WORKFLOW) String workflow,
        @Field(value = Value.WORKFLOW_VERSION) String version,
        @Field(
                        title = "Digest",
                        description = "Of the definition.",
                        min = 64,
                        max = 64,
                        example = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")
                String digest,
        @Field(value = Value.JSON, optional = true) String input,
        @Field(
                        title = "Attributes",
                        description = "By which the run is found.",
                        max = WorkflowStart.MAX_ATTRIBUTES,
                        optional = true,
                        example = "{\"customer\": \"acme\"}")
                Map<String, String> attributes,
        @Field(
                        title = "Agents",
                        description = "What was known of the agents that the definition names.",
                        max = MAX_AGENTS,
                        optional = true)
                List<BoundAgent> agents,
        @Field(title = "Parent", description = "The run that started it.", optional = true) WorkflowStart.Parent parent,
        @Field(
                        title = "Choice",
                        description = "What chose the version, when the start named none and a flag did.",
                        optional = true)
                Choice choice)
        implements WorkflowInput {

    public static final int MAX_AGENTS = 200;

    private static final EventType<RunStarted> TYPE = EventType.of(RunStarted.class);

    /**
     * An agent as it was when the run was bound.
     *
     * @param digest see {@link io.millrace.schema.agent.AgentDefinition#digest}
     */
    public record BoundAgent(
            @Field(title = "Agent", description = "Its name.", min = 1, max = 100, example = "\"patcher\"")
                    String agent,
            @Field(
                            title = "Risk",
                            description = "Whether a call needs somebody's approval first.",
                            example = "\"approval_required\"")
                    Risk risk,
            @Field(title = "Digest", description = "Of the agent's definition.", min = 64, max = 64) String digest) {}

    /** A flag that chose a version, and as which of its variants. */
    public record Choice(
            @Field(title = "Flag", description = "Its key.", min = 1, max = Names.MAX, example = "\"workflow.release\"")
                    String flag,
            @Field(title = "Variant", description = "Its name.", min = 1, max = Names.MAX, example = "\"v2\"")
                    String variant) {}

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
