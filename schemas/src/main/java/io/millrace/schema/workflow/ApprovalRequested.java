package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A run waits for somebody's approval.
 *
 * @param approvers empty when anybody may decide
 * @param expiresAt null for never
 * @param agent whose call is to be approved; null when the workflow itself asks
 * @param input what the agent would be asked, or what the workflow shows; JSON text, null for nothing
 */
@Event(
        type = "approval.requested",
        description =
                "A run waits for an approval. Sent again with the same `request_id` and a higher `level` when it is"
                        + " escalated. Answer with `approval.decided` on `approval-decisions`. The key is the `run_id`.",
        id = "uuid5 of request and level.",
        maxBytes = WorkflowInput.MAX_BYTES)
public record ApprovalRequested(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(
                        title = "Request",
                        description = "By which decisions name it.",
                        min = 1,
                        max = WorkflowInput.MAX_TOKEN,
                        example = "\"5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11\"")
                String requestId,
        @Field(value = Value.WORKFLOW) String workflow,
        @Field(value = Value.WORKFLOW_VERSION) String version,
        @Field(title = "Step", description = "JSON pointer of the step.", max = 1_000, example = "\"/do/1/release\"")
                String step,
        @Field(
                        title = "Message",
                        description = "What is to be decided.",
                        max = 2_000,
                        example = "\"Release 1.4 to production?\"")
                String message,
        @Field(
                        title = "Choices",
                        description = "What can be chosen; the first approves.",
                        max = MAX_CHOICES,
                        example = "[\"approve\", \"reject\"]")
                List<String> choices,
        @Field(
                        title = "Approvers",
                        description = "Who may decide; empty: anybody who may write decisions.",
                        max = MAX_APPROVERS,
                        optional = true,
                        example = "[\"ada@example.com\"]")
                List<String> approvers,
        @Field(title = "Quorum", description = "How many have to approve.", min = 1, max = MAX_APPROVERS, example = "1")
                int quorum,
        @Field(title = "Expires at", description = "From when on it is too late.", optional = true) Instant expiresAt,
        @Field(
                        title = "Level",
                        description = "0 at first, one more each time it is escalated.",
                        max = 100,
                        example = "0")
                int level,
        @Field(
                        title = "Agent",
                        description = "Whose call is to be approved.",
                        max = 100,
                        optional = true,
                        example = "\"patcher\"")
                String agent,
        @Field(value = Value.JSON, optional = true) String input,
        @Field(title = "Attributes", description = "Of the run.", max = WorkflowStart.MAX_ATTRIBUTES, optional = true)
                Map<String, String> attributes) {

    public static final int MAX_CHOICES = 20;
    public static final int MAX_APPROVERS = 50;

    private static final EventType<ApprovalRequested> TYPE = EventType.of(ApprovalRequested.class);

    /** @throws RejectedEventException when the record holds none */
    public static ApprovalRequested read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
