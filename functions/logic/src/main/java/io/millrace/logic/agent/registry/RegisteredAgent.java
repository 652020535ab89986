package io.millrace.logic.agent.registry;

import io.millrace.logic.agent.schema.SchemaCheck;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentRegistryWriter;
import io.millrace.schema.agent.AgentVersions;
import io.millrace.schema.agent.Risk;
import io.millrace.schema.wire.RejectedEventException;

/**
 * A definition with its schemas compiled.
 *
 * @param weight see {@link #weight(AgentDefinition)}
 * @param versions what is to be asked in its place; null for an agent that is asked itself
 * @param digest of a definition that needs approval, see {@link AgentDefinition#digest}; null for one that does not
 */
public record RegisteredAgent(
        AgentDefinition definition,
        SchemaCheck input,
        SchemaCheck output,
        AgentVersions versions,
        int weight,
        String digest) {
    /** Compiled, they take many times the room of their text. */
    static final int WEIGHT_OF_SCHEMAS = 4;

    /** @throws RejectedEventException when it does not say right what is to be asked in its place */
    static RegisteredAgent of(AgentDefinition definition, SchemaCheck input, SchemaCheck output)
            throws RejectedEventException {
        boolean guarded = definition.risk() == Risk.APPROVAL_REQUIRED;
        return new RegisteredAgent(
                definition,
                input,
                output,
                AgentVersions.of(definition.transport()),
                weight(definition),
                guarded ? definition.digest() : null);
    }

    /** How much room a definition takes: its bytes when it is written, those of its schemas several times. */
    static int weight(AgentDefinition definition) {
        int schemas = length(definition.inputSchema()) + length(definition.outputSchema());
        return AgentRegistryWriter.write(definition).length + (WEIGHT_OF_SCHEMAS - 1) * schemas;
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    public boolean needsApproval() {
        return digest != null;
    }
}
