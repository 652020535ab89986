package io.millrace.operators.agent;

import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an operator has to know to follow the agents there are.
 *
 * @param transports the kinds of transport that the job has
 * @param flagsTopic where a record is a flag, not one of the registry
 */
public record AgentSources(TreeSet<String> transports, String flagsTopic) implements Serializable {
    private static final long serialVersionUID = 1L;

    public static AgentSources of(Set<String> transports, String flagsTopic) {
        return new AgentSources(new TreeSet<>(transports), flagsTopic);
    }
}
