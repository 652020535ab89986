package io.millrace.gateway.model;

import io.millrace.logic.rollout.FlagDocument;
import io.millrace.logic.rollout.FlagSeen;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Flags of the platform, as the topic {@code flags} has them. They are asked for far more often than anything else: what is committed is
 * also kept in memory.
 */
final class FlagFeed implements Feed {
    /** What is sure to be too long is not kept; it is told that it is. */
    private static final int MAX_KEPT = FlagDocument.MAX_LENGTH + 1;

    private final Flags flags = new Flags();
    private final List<Runnable> uncommitted = new ArrayList<>();

    Flags flags() {
        return flags;
    }

    @Override
    public List<String> tables() {
        return List.of("CREATE TABLE flags (key TEXT PRIMARY KEY, definition TEXT NOT NULL, logged INTEGER NOT NULL)"
                + " WITHOUT ROWID");
    }

    @Override
    public boolean follows(String topic) {
        return topic.equals(Topics.FLAGS);
    }

    @Override
    public Change read(SourceRecord record) throws RejectedEventException {
        String key = FlagSeen.key(record);
        long at = record.timestamp();
        if (record.value() == null) {
            return model -> {
                model.update("DELETE FROM flags WHERE key = ?", key);
                uncommitted.add(() -> flags.remove(key, at));
            };
        }
        String whole = new String(record.value(), StandardCharsets.UTF_8);
        String definition = whole.length() > MAX_KEPT ? whole.substring(0, MAX_KEPT) : whole;
        ServedFlag flag = ServedFlag.of(key, definition);
        return model -> {
            model.update(
                    "INSERT OR REPLACE INTO flags (key, definition, logged) VALUES (?, ?, ?)", key, definition, at);
            uncommitted.add(() -> flags.put(flag, at));
        };
    }

    @Override
    public void opened(ModelWriter model) throws SQLException {
        uncommitted.clear();
        flags.clear();
        flags.complete(model.isLive());
        model.all("SELECT key, definition, logged FROM flags", row -> {
            flags.put(ServedFlag.of(row.getString(1), row.getString(2)), row.getLong(3));
            return null;
        });
    }

    @Override
    public void committed(ModelWriter model) {
        uncommitted.forEach(Runnable::run);
        uncommitted.clear();
        flags.complete(model.isLive());
    }

    @Override
    public void rolledBack() {
        uncommitted.clear();
    }
}
