package io.millrace.schema.agent;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.JsonWriter;

/** Writes {@code agent.result}, version 1. The record's key is the call key. */
public final class AgentResultWriter {
    private static final SerializableString ANSWERED_BY = name("answered_by");
    private static final SerializableString ATTEMPTS = name("attempts");
    private static final SerializableString CACHED = name("cached");
    private static final SerializableString TIMINGS = name("timings");
    private static final SerializableString AGENT_MS = name("agent_ms");
    private static final SerializableString TOTAL_MS = name("total_ms");

    private AgentResultWriter() {}

    public static byte[] write(AgentResult result) {
        return JsonWriter.object(out -> {
            EnvelopeWriter.write(
                    out,
                    AgentResult.SCHEMA_VERSION,
                    result.eventId(),
                    AgentResult.TYPE,
                    result.occurredAt(),
                    result.tenant());
            JsonWriter.text(out, AgentCallWriter.CALL_KEY, result.callKey());
            JsonWriter.text(out, AgentCallWriter.AGENT, result.agent());
            JsonWriter.text(out, ANSWERED_BY, result.answeredBy());
            JsonWriter.text(out, AgentOutcomeWriter.STATUS, result.status().name());
            JsonWriter.json(out, AgentOutcomeWriter.OUTPUT, result.output());
            AgentError.write(out, result.error());
            Usage.write(out, AgentOutcomeWriter.USAGE, result.usage());
            JsonWriter.number(out, AgentOutcomeWriter.COST_MICROS, result.costMicros());
            JsonWriter.number(out, ATTEMPTS, result.attempts());
            JsonWriter.bool(out, CACHED, result.cached());
            out.writeFieldName(TIMINGS);
            out.writeStartObject();
            JsonWriter.number(out, AgentOutcomeWriter.QUEUED_MS, result.queuedMs());
            JsonWriter.number(out, AGENT_MS, result.agentMs());
            JsonWriter.number(out, TOTAL_MS, result.totalMs());
            out.writeEndObject();
            JsonWriter.text(out, EnvelopeWriter.CORRELATION_ID, result.correlationId());
        });
    }
}
