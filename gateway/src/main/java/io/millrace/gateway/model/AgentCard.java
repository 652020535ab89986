package io.millrace.gateway.model;

import static io.millrace.schema.wire.JsonWriter.name;

import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.wire.JsonWriter;
import java.util.Locale;

/**
 * What whoever uses an agent is told of it. Where it is and how it is reached is left out: that is the platform's, and may
 * be inside of its network.
 */
final class AgentCard {

    private AgentCard() {}

    static byte[] of(AgentRegistryEvent event) {
        AgentDefinition agent = event.definition();
        return JsonWriter.object(out -> {
            JsonWriter.text(out, name("agent"), agent.agent());
            JsonWriter.text(out, name("version"), agent.version());
            JsonWriter.text(out, name("type"), agent.type().name());
            JsonWriter.text(out, name("risk"), agent.risk().name());
            JsonWriter.texts(out, name("capabilities"), agent.capabilities());
            JsonWriter.json(out, name("input_schema"), agent.inputSchema());
            JsonWriter.json(out, name("output_schema"), agent.outputSchema());
            JsonWriter.text(out, name("transport"), agent.transport().kind());
            JsonWriter.number(out, name("timeout_ms"), agent.timeoutMs());
            JsonWriter.number(out, name("max_attempts"), agent.retry().maxAttempts());
            JsonWriter.number(out, name("cache_ttl_seconds"), agent.cacheTtlSeconds());
            JsonWriter.texts(out, name("fallbacks"), agent.fallback().agents());
            JsonWriter.text(out, name("then"), agent.fallback().then().name().toLowerCase(Locale.ROOT));
            JsonWriter.bool(out, name("critical"), agent.critical());
            JsonWriter.text(out, name("model"), agent.model());
            JsonWriter.time(out, name("registered_at"), event.occurredAt());
        });
    }
}
