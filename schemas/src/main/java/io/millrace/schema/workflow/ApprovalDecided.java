package io.millrace.schema.workflow;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/**
 * What somebody decided about a request for approval.
 *
 * @param data JSON text; null for none
 */
@Event(
        type = "approval.decided",
        description =
                "What somebody decided about a request. Whether they may, and whether it is in time, is decided by the run."
                        + " Of several by one person about one request the first counts. The key is the `run_id`.",
        id = "Any; one that came already does nothing.",
        maxBytes = WorkflowInput.MAX_BYTES)
public record ApprovalDecided(
        Envelope envelope,
        @Field(value = Value.RUN_ID) String runId,
        @Field(
                        title = "Request",
                        description = "The `request_id` of the request.",
                        min = 1,
                        max = WorkflowInput.MAX_TOKEN,
                        example = "\"5b1e0c7a-3f1d-5c55-9d2b-0a8d1f6c2e11\"")
                String requestId,
        @Field(
                        title = "Choice",
                        description = "One of the request's choices; `approve` and `reject` unless it has others.",
                        min = 1,
                        max = 100,
                        example = "\"approve\"")
                String choice,
        @Field(title = "By", description = "Who decided.", min = 1, max = 200, example = "\"ada@example.com\"")
                String by,
        @Field(title = "Comment", description = "Why.", max = 2_000, optional = true, example = "\"tested on staging\"")
                String comment,
        @Field(value = Value.JSON, optional = true) String data)
        implements WorkflowInput {

    private static final EventType<ApprovalDecided> TYPE = EventType.of(ApprovalDecided.class);

    /** @throws RejectedEventException when the record holds none */
    public static ApprovalDecided read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }

    public byte[] toJson() {
        return TYPE.write(this);
    }
}
