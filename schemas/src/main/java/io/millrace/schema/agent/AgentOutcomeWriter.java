package io.millrace.schema.agent;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.JsonWriter;

/**
 * Writes an outcome as JSON, so that {@link AgentOutcomeReader} reads the same outcome. The record's key is the owner.
 */
public final class AgentOutcomeWriter {
    static final SerializableString STATUS = name("status");
    static final SerializableString OUTPUT = name("output");
    static final SerializableString USAGE = name("usage");
    static final SerializableString COST_MICROS = name("cost_micros");
    static final SerializableString QUEUED_MS = name("queued_ms");

    private static final SerializableString ATTEMPT_ID = name("attempt_id");
    private static final SerializableString OWNER = name("owner");
    private static final SerializableString RETRY_AFTER_MS = name("retry_after_ms");
    private static final SerializableString STARTED_AT = name("started_at");
    private static final SerializableString ENDED_AT = name("ended_at");

    private AgentOutcomeWriter() {}

    public static byte[] write(AgentOutcome outcome) {
        return JsonWriter.object(out -> {
            EnvelopeWriter.write(
                    out,
                    AgentOutcome.SCHEMA_VERSION,
                    outcome.eventId(),
                    AgentOutcome.TYPE,
                    outcome.endedAt(),
                    outcome.tenant());
            JsonWriter.text(out, ATTEMPT_ID, outcome.attemptId());
            JsonWriter.text(out, OWNER, outcome.owner());
            JsonWriter.text(out, AgentCallWriter.AGENT, outcome.agent());
            JsonWriter.text(out, STATUS, outcome.status().name());
            JsonWriter.json(out, OUTPUT, outcome.output());
            AgentError.write(out, outcome.error());
            if (outcome.retryAfterMs() > 0) {
                JsonWriter.number(
                        out, RETRY_AFTER_MS, Math.min(outcome.retryAfterMs(), AgentOutcome.MAX_RETRY_AFTER_MS));
            }
            Usage.write(out, USAGE, outcome.usage());
            JsonWriter.number(out, COST_MICROS, outcome.costMicros());
            JsonWriter.time(out, STARTED_AT, outcome.startedAt());
            JsonWriter.time(out, ENDED_AT, outcome.endedAt());
            JsonWriter.number(out, QUEUED_MS, Math.min(outcome.queuedMs(), AgentOutcome.MAX_QUEUED_MS));
            JsonWriter.text(out, EnvelopeWriter.CORRELATION_ID, outcome.correlationId());
        });
    }
}
