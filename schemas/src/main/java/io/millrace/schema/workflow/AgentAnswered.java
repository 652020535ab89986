package io.millrace.schema.workflow;

import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.wire.Envelope;
import java.time.Instant;

/** The result of a call that a run made. */
public record AgentAnswered(String runId, AgentResult result) implements WorkflowInput {

    @Override
    public Envelope envelope() {
        return new Envelope(
                result.eventId(),
                AgentResult.TYPE,
                Instant.ofEpochMilli(result.occurredAt()),
                result.tenant(),
                result.correlationId(),
                result.traceparent());
    }
}
