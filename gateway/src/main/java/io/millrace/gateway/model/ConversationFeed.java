package io.millrace.gateway.model;

import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.event.EventType;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.sql.SQLException;
import java.util.List;

/** Conversations as {@code conversation-updates} has them: how each is, and nothing of what was said. */
final class ConversationFeed implements Feed {

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE conversations (tenant TEXT NOT NULL, conversation_id TEXT NOT NULL,"
                        + " started INTEGER NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, customer TEXT,"
                        + " assigned TEXT, body BLOB NOT NULL, PRIMARY KEY (tenant, conversation_id))",
                "CREATE INDEX conversations_by_start ON conversations (tenant, started, conversation_id)");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.CONVERSATION_UPDATES);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        if (record.value() == null) {
            return removal(record);
        }
        ConversationView view = ConversationView.read(record);
        byte[] body = view.toJson();
        return model -> apply(view, body, model);
    }

    private static Change removal(SourceRecord record) {
        List<String> key = RecordKey.ids(record.key(), 2);
        return key == null ? Change.NONE : model -> remove(key.get(0), key.get(1), model);
    }

    private static void remove(String tenant, String id, ModelWriter model) throws SQLException {
        if (model.update("DELETE FROM conversations WHERE tenant = ? AND conversation_id = ?", tenant, id) > 0) {
            model.changed(Kind.CONVERSATIONS, tenant, null, id);
        }
    }

    /** A conversation that was forgotten begins anew, with the first version: of two beginnings the later one counts. */
    private record Age(long started, long version) {
        boolean isBefore(ConversationView view) {
            long other = view.startedAt().toEpochMilli();
            return started < other || started == other && version < view.version();
        }
    }

    private static void apply(ConversationView view, byte[] body, ModelWriter model) throws SQLException {
        String tenant = view.envelope().tenant();
        Age known = model.first(
                "SELECT started, version FROM conversations WHERE tenant = ? AND conversation_id = ?",
                row -> new Age(row.getLong(1), row.getLong(2)),
                tenant,
                view.conversationId());
        if (known != null && !known.isBefore(view)) {
            return;
        }
        model.update(
                "INSERT OR REPLACE INTO conversations (tenant, conversation_id, started, version, state, customer,"
                        + " assigned, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                tenant,
                view.conversationId(),
                view.startedAt().toEpochMilli(),
                view.version(),
                EventType.wireName(view.state()),
                view.customerId(),
                view.assignedTo(),
                body);
        model.changed(Kind.CONVERSATIONS, tenant, null, view.conversationId());
    }
}
