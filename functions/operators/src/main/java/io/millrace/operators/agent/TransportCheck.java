package io.millrace.operators.agent;

import io.millrace.schema.agent.AgentDefinition.Transport;
import java.io.Serializable;

/** Knows what a transport needs to be told. */
@FunctionalInterface
public interface TransportCheck extends Serializable {

    /** What is wrong with how an agent is said to be reached, beginning with the field's name; null when nothing is. */
    String problem(Transport transport);
}
