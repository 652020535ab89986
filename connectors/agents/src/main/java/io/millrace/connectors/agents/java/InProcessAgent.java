package io.millrace.connectors.agents.java;

import io.millrace.connectors.agents.SettingsFields;
import io.millrace.schema.wire.RejectedEventException;

/**
 * Which agent of this process is meant.
 *
 * @param name null for the one that is called as the definition is
 */
public record InProcessAgent(String name) {
    private static final int MAX_NAME = 100;

    /** @throws RejectedEventException naming the field that is wrong */
    public static InProcessAgent read(String settings) throws RejectedEventException {
        String[] name = new String[1];
        new SettingsFields()
                .with("name", (field, json) -> name[0] = json.identifier(field, MAX_NAME))
                .read(settings);
        return new InProcessAgent(name[0]);
    }
}
