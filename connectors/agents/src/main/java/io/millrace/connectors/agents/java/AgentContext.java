package io.millrace.connectors.agents.java;

import java.util.Map;

/**
 * What the job tells an agent in its process.
 *
 * @param kafka for every client of the job's cluster, {@code bootstrap.servers} included; empty when there is no
 *     cluster. It may hold credentials, so that it is not shown
 */
public record AgentContext(Map<String, String> kafka) {
    public AgentContext {
        kafka = Map.copyOf(kafka);
    }

    @Override
    public String toString() {
        return "AgentContext[]";
    }
}
