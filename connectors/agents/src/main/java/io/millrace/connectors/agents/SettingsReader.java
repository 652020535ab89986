package io.millrace.connectors.agents;

import io.millrace.schema.wire.RejectedEventException;

/** Reads what a definition says of how an agent is reached. A function of the text alone. */
@FunctionalInterface
public interface SettingsReader<S> {
    /**
     * @param settings the object {@code transport} as JSON text
     * @throws RejectedEventException naming the field that is wrong
     */
    S read(String settings) throws RejectedEventException;
}
