package io.millrace.gateway.model;

import io.millrace.schema.notification.NotificationOutcome;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How people want to be told of things, and the latest deliveries to each. */
final class NotificationFeed implements Feed {
    /** Deliveries that are kept of a person. */
    static final int KEPT = 200;

    private final Set<Long> grown = new HashSet<>();

    @Override
    public List<String> tables() {
        return List.of(
                "CREATE TABLE notification_preferences (owner INTEGER PRIMARY KEY, body BLOB NOT NULL)",
                "CREATE TABLE notifications (owner INTEGER NOT NULL, occurred INTEGER NOT NULL, event_id TEXT NOT NULL,"
                        + " body BLOB NOT NULL, PRIMARY KEY (owner, occurred, event_id)) WITHOUT ROWID");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.NOTIFICATION_PREFERENCES) || topic.equals(Topics.NOTIFICATIONS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        return record.topic().equals(Topics.NOTIFICATIONS) ? delivery(record) : preferences(record);
    }

    private static Change preferences(SourceRecord record) throws RejectedEventException {
        if (record.value() == null) {
            List<String> key = RecordKey.ids(record.key(), 2);
            return key == null ? Change.NONE : model -> forget(key.get(0), key.get(1), model);
        }
        NotificationPreferences preferences = NotificationPreferences.read(record);
        String tenant = preferences.envelope().tenant();
        byte[] body = preferences.toJson();
        return preferences.channels().isEmpty()
                ? model -> forget(tenant, preferences.userId(), model)
                : model -> model.update(
                        "INSERT OR REPLACE INTO notification_preferences (owner, body) VALUES (?, ?)",
                        model.owner(tenant, preferences.userId()),
                        body);
    }

    private static void forget(String tenant, String user, ModelWriter model) throws SQLException {
        model.update("DELETE FROM notification_preferences WHERE owner = ?", model.owner(tenant, user));
    }

    private Change delivery(SourceRecord record) throws RejectedEventException {
        NotificationOutcome outcome = NotificationOutcome.read(record);
        return model -> add(outcome.envelope(), outcome.userId(), record.value(), model);
    }

    private void add(Envelope envelope, String user, byte[] body, ModelWriter model) throws SQLException {
        long owner = model.owner(envelope.tenant(), user);
        int added = model.update(
                "INSERT OR IGNORE INTO notifications (owner, occurred, event_id, body) VALUES (?, ?, ?, ?)",
                owner,
                envelope.occurredAt().toEpochMilli(),
                envelope.eventId().toString(),
                body);
        if (added > 0) {
            grown.add(owner);
        }
    }

    @Override
    public void trim(ModelWriter model) throws SQLException {
        for (long owner : grown) {
            model.update(
                    "DELETE FROM notifications WHERE owner = ? AND (occurred, event_id) <= (SELECT occurred, event_id FROM"
                            + " notifications WHERE owner = ? ORDER BY occurred DESC, event_id DESC LIMIT 1 OFFSET ?)",
                    owner,
                    owner,
                    KEPT);
        }
        grown.clear();
    }
}
