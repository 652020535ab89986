package io.millrace.gateway.model;

import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryEvent.Kind;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.WireHeaders;
import java.sql.SQLException;
import java.util.List;

/**
 * Agents as {@code agent-registry} has them. The agents job may refuse a registration after it is on the topic, and then
 * the one before it stays in force: so the latest few of each are kept, and the positions that were refused.
 */
final class AgentFeed implements Feed {
    static final int KEPT = 20;

    private static final String REFUSALS = Topics.AGENT_REGISTRY_DLQ;

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE agents (agent TEXT NOT NULL, position INTEGER NOT NULL, removed INTEGER NOT NULL,"
                        + " body BLOB, PRIMARY KEY (agent, position))",
                "CREATE TABLE refused_agents (position INTEGER PRIMARY KEY)");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.AGENT_REGISTRY) || topic.equals(REFUSALS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        if (record.topic().equals(REFUSALS)) {
            return refusal(record);
        }
        AgentRegistryEvent event = AgentRegistryReader.read(record);
        if (event == null || event.kind() == Kind.CACHE_INVALIDATED) {
            return Change.NONE;
        }
        byte[] body = event.kind() == Kind.REGISTERED ? AgentCard.of(event) : null;
        return model -> apply(event.agent(), record.offset(), body, model);
    }

    private static Change refusal(SourceRecord record) {
        String topic = record.header(WireHeaders.SOURCE_TOPIC);
        String offset = record.header(WireHeaders.SOURCE_OFFSET);
        if (!Topics.AGENT_REGISTRY.equals(topic) || offset == null || !offset.matches("[0-9]{1,18}")) {
            return Change.NONE;
        }
        long position = Long.parseLong(offset);
        return model -> model.update("INSERT OR IGNORE INTO refused_agents (position) VALUES (?)", position);
    }

    private static void apply(String agent, long position, byte[] body, ModelWriter model) throws SQLException {
        model.update(
                "INSERT OR IGNORE INTO agents (agent, position, removed, body) VALUES (?, ?, ?, ?)",
                agent,
                position,
                body == null ? 1 : 0,
                body);
        model.update(
                "DELETE FROM agents WHERE agent = ? AND position <= (SELECT position FROM agents WHERE agent = ?"
                        + " ORDER BY position DESC LIMIT 1 OFFSET ?)",
                agent,
                agent,
                KEPT);
    }
}
