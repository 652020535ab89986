package io.millrace.schema.agent;

import io.millrace.schema.wire.CloudEvent;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeReader;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.EventValue;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.Precedence;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;

/** Reads {@code agent.outcome}. An instance reads one event. */
public final class AgentOutcomeReader {
    /** The largest value that is accepted: room for the output and all the rest. */
    public static final int MAX_BYTES = AgentOutcome.MAX_OUTPUT_BYTES + 64 * 1024;

    static final long MAX_MICROS = 1_000_000_000_000_000L;
    /** An idempotency key, its fallback's name and the number of an attempt. */
    private static final int MAX_ATTEMPT_ID = 200;

    private static final int MAX_OWNER = 500;

    private static final ObjectFields<AgentOutcomeReader> FIELDS = new ObjectFields<AgentOutcomeReader>("")
            .with("attempt_id", (into, field, json) -> into.attemptId = json.identifier(field, MAX_ATTEMPT_ID))
            .with("owner", (into, field, json) -> into.owner = json.string(field, 1, MAX_OWNER))
            .with("agent", (into, field, json) -> into.agent = Values.agent(field, json))
            .with(
                    "status",
                    (into, field, json) -> into.status = Values.upper(field, json, AgentOutcome.Status.values()))
            .with("output", (into, field, json) -> into.output = json.json(field, AgentOutcome.MAX_OUTPUT_BYTES))
            .with("error", (into, field, json) -> into.error = AgentError.read(field, json))
            .with(
                    "retry_after_ms",
                    (into, field, json) -> into.retryAfterMs = json.number(field, 0, AgentOutcome.MAX_RETRY_AFTER_MS))
            .with("usage", (into, field, json) -> into.usage = Usage.read(field, json, Usage.MAX_TOKENS))
            .with("cost_micros", (into, field, json) -> into.costMicros = json.number(field, 0, MAX_MICROS))
            .with(
                    "started_at",
                    (into, field, json) -> into.startedAt = json.instant(field).toEpochMilli())
            .with(
                    "ended_at",
                    (into, field, json) -> into.endedAt = json.instant(field).toEpochMilli())
            .with(
                    "queued_ms",
                    (into, field, json) -> into.queuedMs = json.number(field, 0, AgentOutcome.MAX_QUEUED_MS));

    private final EnvelopeReader envelope = new EnvelopeReader(AgentOutcomeReader::isKnown);
    private int seen;
    private String attemptId;
    private String owner;
    private String agent;
    private AgentOutcome.Status status;
    private String output;
    private AgentError error;
    private long retryAfterMs;
    private Usage usage = Usage.NONE;
    private long costMicros;
    private Long startedAt;
    private Long endedAt;
    private long queuedMs;

    private AgentOutcomeReader() {}

    /**
     * Reads the outcome that a record holds.
     *
     * @throws RejectedEventException when it is not acceptable; never anything else, whatever the bytes
     */
    public static AgentOutcome read(SourceRecord source) throws RejectedEventException {
        return EventValue.read(source, MAX_BYTES, AgentOutcomeReader::read);
    }

    private static AgentOutcome read(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        return Precedence.before(
                () -> new AgentOutcomeReader().readAll(value, cloudEvent), value, AgentOutcomeReader::isKnown);
    }

    private static boolean isKnown(String type) {
        return type.equals(AgentOutcome.TYPE);
    }

    private AgentOutcome readAll(byte[] value, CloudEvent cloudEvent) throws RejectedEventException {
        JsonEvent.readObject(value, 0, value.length, this::readField);
        return finish(envelope.finish(cloudEvent));
    }

    private void readField(String name, JsonEvent json) throws IOException, RejectedEventException {
        if (!envelope.readField(name, json)) {
            seen = FIELDS.read(name, json, this, seen);
        }
    }

    private AgentOutcome finish(Envelope common) throws RejectedEventException {
        Values.require(attemptId, "attempt_id");
        Values.require(owner, "owner");
        Values.require(agent, "agent");
        Values.require(status, "status");
        Values.require(startedAt, "started_at");
        Values.require(endedAt, "ended_at");
        boolean ok = status == AgentOutcome.Status.OK;
        if (ok == (error != null)) {
            throw new RejectedEventException(
                    ok ? ErrorCode.INVALID_VALUE : ErrorCode.MISSING_FIELD,
                    "error: goes with every status but OK, and not with that");
        }
        return new AgentOutcome(
                attemptId,
                owner,
                common.tenant(),
                agent,
                status,
                output(ok),
                error,
                retryAfterMs,
                usage,
                costMicros,
                startedAt,
                endedAt,
                queuedMs,
                common.correlationId(),
                common.traceparent());
    }

    private String output(boolean ok) {
        if (!ok) {
            return null;
        }
        return output == null ? "null" : output;
    }
}
