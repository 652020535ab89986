package io.millrace.gateway.model;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The latest reminders of each person. */
final class ReminderFeed implements Feed {
    static final int KEPT = 200;

    private static final EventType<Sent> TYPE = EventType.of(Sent.class);

    private final Set<Long> grown = new HashSet<>();

    /** What is needed of a reminder that was sent. */
    @Event(type = "reminder.due")
    record Sent(
            Envelope envelope,
            @Field(value = Value.USER_ID) String userId,
            @Field(value = Value.TASK_ID) String taskId,
            @Field Instant remindAt) {}

    @Override
    public List<String> tables() {
        return List.of("CREATE TABLE reminders (owner INTEGER NOT NULL, remind_at INTEGER NOT NULL,"
                + " event_id TEXT NOT NULL, task_id TEXT NOT NULL, body BLOB NOT NULL,"
                + " PRIMARY KEY (owner, remind_at, event_id)) WITHOUT ROWID");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.REMINDERS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        Sent sent = TYPE.read(record);
        return model -> apply(sent, record.value(), model);
    }

    private void apply(Sent sent, byte[] body, ModelWriter model) throws SQLException {
        String tenant = sent.envelope().tenant();
        String id = sent.envelope().eventId().toString();
        long owner = model.owner(tenant, sent.userId());
        int added = model.update(
                "INSERT OR IGNORE INTO reminders (owner, remind_at, event_id, task_id, body) VALUES (?, ?, ?, ?, ?)",
                owner,
                sent.remindAt().toEpochMilli(),
                id,
                sent.taskId(),
                body);
        if (added > 0) {
            grown.add(owner);
            model.changed(Kind.REMINDERS, tenant, sent.userId(), id);
        }
    }

    @Override
    public void trim(ModelWriter model) throws SQLException {
        for (long owner : grown) {
            model.update(
                    "DELETE FROM reminders WHERE owner = ? AND (remind_at, event_id) <= (SELECT remind_at, event_id FROM"
                            + " reminders WHERE owner = ? ORDER BY remind_at DESC, event_id DESC LIMIT 1 OFFSET ?)",
                    owner,
                    owner,
                    KEPT);
        }
        grown.clear();
    }
}
