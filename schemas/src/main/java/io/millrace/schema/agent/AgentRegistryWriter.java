package io.millrace.schema.agent;

import static io.millrace.schema.wire.JsonWriter.name;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Fallback;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.EnvelopeWriter;
import io.millrace.schema.wire.JsonWriter;
import java.io.IOException;
import java.util.UUID;

/**
 * Writes an event of {@code agent-registry} as JSON, so that {@link AgentRegistryReader} reads the same event. The
 * record's key is {@link AgentRegistryEvent#key}.
 */
public final class AgentRegistryWriter {
    private static final SerializableString VERSION = name("version");
    private static final SerializableString DEPENDENCY = name("dependency");
    private static final SerializableString AGENT_TYPE = name("type");
    private static final SerializableString RISK = name("risk");
    private static final SerializableString CAPABILITIES = name("capabilities");
    private static final SerializableString INPUT_SCHEMA = name("input_schema");
    private static final SerializableString OUTPUT_SCHEMA = name("output_schema");
    private static final SerializableString TRANSPORT = name("transport");
    private static final SerializableString TIMEOUT_MS = name("timeout_ms");
    private static final SerializableString AGENTS = name("agents");
    private static final SerializableString THEN = name("then");
    private static final SerializableString DEGRADED_OUTPUT = name("degraded_output");
    private static final SerializableString CRITICAL = name("critical");
    private static final SerializableString ESTIMATE = name("estimate");
    private static final SerializableString MODEL = name("model");

    private static final UUID NO_EVENT = new UUID(0, 0);

    private AgentRegistryWriter() {}

    /** The registration of a definition, the same whenever it is written: with the nil UUID as its id, at the epoch. */
    public static byte[] write(AgentDefinition definition) {
        return write(new AgentRegistryEvent(
                NO_EVENT,
                AgentRegistryEvent.Kind.REGISTERED,
                0,
                Envelope.DEFAULT_TENANT,
                definition.agent(),
                definition,
                null,
                null,
                null));
    }

    /** @throws IllegalArgumentException for a tombstone, which has no value */
    public static byte[] write(AgentRegistryEvent event) {
        if (event.eventId() == null) {
            throw new IllegalArgumentException("a tombstone has no value");
        }
        return JsonWriter.object(out -> {
            EnvelopeWriter.write(
                    out,
                    AgentRegistryEvent.SCHEMA_VERSION,
                    event.eventId(),
                    event.kind().wireName(),
                    event.occurredAt(),
                    event.tenant());
            JsonWriter.text(out, AgentCallWriter.AGENT, event.agent());
            if (event.definition() != null) {
                writeDefinition(out, event.definition());
            }
            JsonWriter.text(out, VERSION, event.version());
            JsonWriter.text(out, DEPENDENCY, event.dependency());
            JsonWriter.text(out, EnvelopeWriter.CORRELATION_ID, event.correlationId());
        });
    }

    private static void writeDefinition(JsonGenerator out, AgentDefinition definition) throws IOException {
        JsonWriter.text(out, VERSION, definition.version());
        JsonWriter.text(out, AGENT_TYPE, definition.type().name());
        JsonWriter.text(out, RISK, definition.risk().name());
        JsonWriter.texts(out, CAPABILITIES, definition.capabilities());
        JsonWriter.json(out, INPUT_SCHEMA, definition.inputSchema());
        JsonWriter.json(out, OUTPUT_SCHEMA, definition.outputSchema());
        JsonWriter.json(out, TRANSPORT, definition.transport().settings());
        JsonWriter.number(out, TIMEOUT_MS, definition.timeoutMs());
        out.writeObjectFieldStart("retry");
        out.writeNumberField("max_attempts", definition.retry().maxAttempts());
        out.writeNumberField("initial_ms", definition.retry().initialMs());
        out.writeNumberField("max_ms", definition.retry().maxMs());
        out.writeNumberField("multiplier", definition.retry().multiplier());
        out.writeEndObject();
        out.writeObjectFieldStart("cache");
        out.writeNumberField("ttl_seconds", definition.cacheTtlSeconds());
        out.writeEndObject();
        writeFallback(out, definition.fallback());
        JsonWriter.bool(out, CRITICAL, definition.critical());
        writeRate(out, definition.rate());
        Usage.write(out, ESTIMATE, definition.estimate());
        writeBudget(out, definition.budget());
        JsonWriter.text(out, MODEL, definition.model());
    }

    private static void writeFallback(JsonGenerator out, Fallback fallback) throws IOException {
        out.writeObjectFieldStart("fallback");
        JsonWriter.texts(out, AGENTS, fallback.agents());
        JsonWriter.text(out, THEN, Values.lower(fallback.then()));
        JsonWriter.json(out, DEGRADED_OUTPUT, fallback.degradedOutput());
        out.writeEndObject();
    }

    private static void writeRate(JsonGenerator out, Rate rate) throws IOException {
        out.writeObjectFieldStart("rate");
        limit(out, "requests_per_minute", rate.requestsPerMinute());
        limit(out, "tokens_per_minute", rate.tokensPerMinute());
        limit(out, "concurrent", rate.concurrent());
        out.writeEndObject();
    }

    private static void writeBudget(JsonGenerator out, Budget budget) throws IOException {
        out.writeObjectFieldStart("budget");
        limit(out, "day_micros", budget.dayMicros());
        limit(out, "month_micros", budget.monthMicros());
        out.writeEndObject();
    }

    private static void limit(JsonGenerator out, String name, long limit) throws IOException {
        if (limit > 0) {
            out.writeNumberField(name, limit);
        }
    }
}
