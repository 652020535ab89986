package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentRegistryWriter;
import io.millrace.schema.agent.Risk;

/**
 * A definition with its schemas compiled.
 *
 * @param bytes how long it is when it is written
 * @param digest of a definition that needs approval, see {@link AgentDefinition#digest}; null for one that does not
 */
record RegisteredAgent(AgentDefinition definition, SchemaCheck input, SchemaCheck output, int bytes, String digest) {

    static RegisteredAgent of(AgentDefinition definition, SchemaCheck input, SchemaCheck output) {
        boolean guarded = definition.risk() == Risk.APPROVAL_REQUIRED;
        int bytes = AgentRegistryWriter.write(definition).length;
        return new RegisteredAgent(definition, input, output, bytes, guarded ? definition.digest() : null);
    }

    boolean needsApproval() {
        return digest != null;
    }
}
