package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a run is.
 *
 * @param version null when it was refused and named none, as {@code digest}
 * @param endedAt null while it goes on
 * @param output JSON text; null unless it completed
 * @param error null unless it failed or was refused
 * @param parentRunId null unless another run started it
 */
@Event(
        type = "workflow.run",
        description =
                "How a run is. Of those with one key, `tenant/run_id`, the one with the highest `number` counts; the topic"
                        + " keeps the latest.",
        id = "uuid5 of tenant, run, `view` and number.",
        maxBytes = WorkflowInput.MAX_BYTES + 128 * 1024)
public record WorkflowRun(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(value = Value.WORKFLOW) String workflow,
        @Field(value = Value.WORKFLOW_VERSION, optional = true) String version,
        @Field(
                        title = "Digest",
                        description = "Of the definition that it is bound to.",
                        max = 64,
                        optional = true,
                        example = "\"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"")
                String digest,
        @Field(title = "Number", description = "Of the last `workflow.event` that it tells of.", min = 1, example = "4")
                long number,
        @Field(title = "State", description = "Where it is in its life.", example = "\"waiting\"") RunStatus state,
        @Field(title = "Started at", description = "The log time of its start.") Instant startedAt,
        @Field(title = "Ended at", description = "The log time of its end.", optional = true) Instant endedAt,
        @Field(
                        title = "Attributes",
                        description = "By which it is found.",
                        max = WorkflowStart.MAX_ATTRIBUTES,
                        optional = true,
                        example = "{\"customer\": \"acme\"}")
                Map<String, String> attributes,
        @Field(
                        title = "Waiting for",
                        description = "What it waits for, the first " + MAX_WAITING + ".",
                        max = MAX_WAITING,
                        optional = true)
                List<Waiting> waitingFor,
        @Field(title = "Steps", description = "How many steps ended.", optional = true, example = "12") long steps,
        @Field(title = "Retries", description = "How many attempts were made again.", optional = true, example = "1")
                long retries,
        @Field(
                        title = "Cost",
                        description = "What its agents cost so far, millionths of the currency.",
                        optional = true,
                        example = "160")
                long costMicros,
        @Field(value = Value.JSON, optional = true) String output,
        @Field(title = "Error", description = "Why it failed, or was refused.", optional = true) WorkflowError error,
        @Field(
                        title = "Parent",
                        description = "The run that started it.",
                        max = 200,
                        optional = true,
                        example = "\"release-7\"")
                String parentRunId) {

    public static final int MAX_WAITING = 50;

    private static final EventType<WorkflowRun> TYPE = EventType.of(WorkflowRun.class);

    /** @throws RejectedEventException when the record holds none */
    public static WorkflowRun read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }

    /** The key of its record. */
    public String key() {
        return key(envelope.tenant(), runId);
    }

    /** So that no two runs have one key. */
    public static String key(String tenant, String runId) {
        return RecordKey.part(tenant) + '/' + runId;
    }
}
