package io.millrace.schema.agent;

import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.EventValue;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;

/** Reads {@code agent.result}, for those who called. An instance reads one event. */
public final class AgentResultReader {
    /** The largest value that is accepted: room for the output and all the rest. */
    public static final int MAX_BYTES = AgentOutcome.MAX_OUTPUT_BYTES + 64 * 1024;

    private static final ObjectFields<AgentResultReader> TIMINGS = new ObjectFields<AgentResultReader>("timings")
            .with("queued_ms", (into, field, json) -> into.queuedMs = json.number(field, 0, Long.MAX_VALUE))
            .with("agent_ms", (into, field, json) -> into.agentMs = json.number(field, 0, Long.MAX_VALUE))
            .with("total_ms", (into, field, json) -> into.totalMs = json.number(field, 0, Long.MAX_VALUE));

    private static final ObjectFields<AgentResultReader> FIELDS = new ObjectFields<AgentResultReader>("")
            .with("call_key", (into, field, json) -> into.callKey = json.identifier(field, EnvelopeReader.MAX_ID))
            .with("agent", (into, field, json) -> into.agent = Values.agent(field, json))
            .with("answered_by", (into, field, json) -> into.answeredBy = Values.agent(field, json))
            .with("status", (into, field, json) -> into.status = Values.upper(field, json, AgentResult.Status.values()))
            .with("output", (into, field, json) -> into.output = json.json(field, AgentOutcome.MAX_OUTPUT_BYTES))
            .with("error", (into, field, json) -> into.error = AgentError.read(field, json))
            .with("usage", (into, field, json) -> into.usage = Usage.read(field, json, Long.MAX_VALUE))
            .with("cost_micros", (into, field, json) -> into.costMicros = json.number(field, 0, Long.MAX_VALUE))
            .with("attempts", (into, field, json) -> into.attempts = json.integer(field, 0, Integer.MAX_VALUE))
            .with("cached", (into, field, json) -> into.cached = json.bool(field))
            .with("timings", (into, field, json) -> TIMINGS.object(field, json, into));

    private final EnvelopeReader envelope = new EnvelopeReader(AgentResultReader::isKnown);
    private int seen;
    private String callKey;
    private String agent;
    private String answeredBy;
    private AgentResult.Status status;
    private String output;
    private AgentError error;
    private Usage usage = Usage.NONE;
    private long costMicros;
    private int attempts;
    private boolean cached;
    private long queuedMs;
    private long agentMs;
    private long totalMs;

    private AgentResultReader() {}

    /**
     * Reads the result that a record holds.
     *
     * @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes
     */
    public static AgentResult read(SourceRecord source) throws RejectedEventException {
        return EventValue.read(source, MAX_BYTES, AgentResultReader::read);
    }

    private static AgentResult read(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        return Precedence.before(
                () -> new AgentResultReader().readAll(value, cloudEvent), value, AgentResultReader::isKnown);
    }

    private static boolean isKnown(String type) {
        return type.equals(AgentResult.TYPE);
    }

    private AgentResult readAll(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        JsonEvent.readObject(value, 0, value.length, this::readField);
        return finish(envelope.finish(cloudEvent));
    }

    private void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        if (!envelope.readField(name, json)) {
            seen = FIELDS.read(name, json, this, seen);
        }
    }

    private AgentResult finish(Envelope common) throws RejectedEventException {
        Values.require(callKey, "call_key");
        Values.require(agent, "agent");
        Values.require(status, "status");
        boolean answered = status == AgentResult.Status.OK || status == AgentResult.Status.DEGRADED;
        return new AgentResult(
                common.eventId(),
                common.occurredAt().toEpochMilli(),
                common.tenant(),
                callKey,
                agent,
                answeredBy,
                status,
                answered && output == null ? "null" : output,
                error,
                usage,
                costMicros,
                attempts,
                cached,
                queuedMs,
                agentMs,
                totalMs,
                common.correlationId(),
                common.traceparent());
    }
}
