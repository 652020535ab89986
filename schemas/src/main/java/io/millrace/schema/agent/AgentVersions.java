package io.millrace.schema.agent;

import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.rollout.Names;
import io.millrace.schema.wire.JsonEvent;
import io.millrace.schema.wire.RejectedEventException;
import java.nio.charset.StandardCharsets;

/**
 * What the transport says of an agent that is no agent itself but a choice among others: the variant of a flag is the name of
 * the one that is asked.
 *
 * @param flag its key
 * @param otherwise who is asked when there is no such flag, or it names nobody who is registered; null for nobody
 */
public record AgentVersions(String flag, String otherwise) {
    /** The kind of transport of such an agent. */
    public static final String KIND = "flag";

    private static final ObjectFields<String[]> FIELDS = new ObjectFields<String[]>("transport")
            .with("flag", (into, field, json) -> into[0] = json.identifier(field, Names.MAX))
            .with("otherwise", (into, field, json) -> into[1] = Values.agent(field, json));

    /**
     * What a transport says of versions; null when it is that of an agent.
     *
     * @throws RejectedEventException naming the field that is wrong
     */
    public static AgentVersions of(Transport transport) throws RejectedEventException {
        return transport.kind().equals(KIND) ? read(transport.settings()) : null;
    }

    /**
     * Reads the settings of such a transport.
     *
     * @throws RejectedEventException naming the field that is wrong
     */
    public static AgentVersions read(String settings) throws RejectedEventException {
        String[] found = new String[2];
        int[] seen = new int[1];
        byte[] value = settings.getBytes(StandardCharsets.UTF_8);
        JsonEvent.readObject(value, 0, value.length, (name, json) -> seen[0] = FIELDS.read(name, json, found, seen[0]));
        Values.require(found[0], "transport.flag");
        return new AgentVersions(found[0], found[1]);
    }
}
