package io.millrace.connectors.agents.java;

import io.millrace.connectors.agents.Secrets;
import io.millrace.connectors.agents.http.Network;
import java.util.List;
import java.util.Map;

/**
 * What the job tells an agent in its process.
 *
 * @param kafka for every client of the job's cluster, {@code bootstrap.servers} included; empty when there is no
 *     cluster. It may hold credentials, so that it is not shown
 * @param settings of the job that are for agents, by key
 * @param secrets that the job's machines have
 * @param networks whose addresses may be connected to besides those of the internet
 */
public record AgentContext(
        Map<String, String> kafka, Map<String, String> settings, Secrets secrets, List<Network> networks) {
    public AgentContext {
        kafka = Map.copyOf(kafka);
        settings = Map.copyOf(settings);
        networks = List.copyOf(networks);
    }

    /** Of a job that says no more. */
    public AgentContext(Map<String, String> kafka) {
        this(kafka, Map.of(), new Secrets(null, Map.of()), List.of());
    }

    @Override
    public String toString() {
        return "AgentContext[]";
    }
}
