package io.millrace.chaos.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.chaos.workload.Event;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What is published about agents. */
final class Registrations {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
    /** Calls without a deadline of their own have one some seconds after the end of the episode. */
    private static final int TIMEOUT_MILLIS = 4_000;

    private Registrations() {}

    /**
     * Registers an agent.
     *
     * @param prefix of the names of all agents
     */
    static Event of(AgentKind kind, String prefix, int version, String url, UUID id) {
        String agent = prefix + kind;
        Event event = Event.of(agent, "agent.registered", id, Event.Dates.NONE).with("agent", agent);
        ObjectNode json = event.json();
        json.put("version", version).put("type", "OTHER").put("timeout_ms", TIMEOUT_MILLIS);
        json.putObject("transport").put("kind", "http").put("url", url);
        json.setAll(settings(kind, prefix));
        return event;
    }

    private static ObjectNode settings(AgentKind kind, String prefix) {
        try {
            return (ObjectNode) JSON.readTree("{" + kind.settings().replace("{prefix}", prefix) + "}");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("settings of " + kind, e);
        }
    }

    /** Makes all answers of an agent worthless. */
    static Event invalidation(String agent, UUID id) {
        return Event.of(agent + "//", "agent.cache.invalidated", id, Event.Dates.NONE)
                .with("agent", agent);
    }

    /** A record that registers nobody. */
    static Event bad(String agent) {
        return Event.raw(agent, "an agent".getBytes(StandardCharsets.UTF_8));
    }
}
