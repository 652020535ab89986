package io.millrace.gateway.model;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes to the model, within one transaction at a time. Of one thread. */
final class ModelWriter {
    private static final int CACHED_OWNERS = 50_000;
    /** How many changes are kept for those who follow them. */
    static final int KEPT_CHANGES = 100_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<Scope, Long> owners = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Scope, Long> eldest) {
            return size() > CACHED_OWNERS;
        }
    };
    private final List<Effect> effects = new ArrayList<>();
    private long lastChange;
    private long lastDocument;
    private boolean live;

    /** @param live whether changes are noted for those who follow them */
    ModelWriter(Connection connection, boolean live) throws SQLException {
        this.connection = connection;
        this.live = live;
        readCounters();
    }

    private void readCounters() throws SQLException {
        lastChange = first("SELECT coalesce(max(seq), 0) FROM changes", row -> row.getLong(1));
        lastDocument = first("SELECT coalesce(max(doc), 0) FROM task_docs", row -> row.getLong(1));
    }

    int update(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = statement(sql);
        Rows.bind(statement, arguments);
        return statement.executeUpdate();
    }

    /** The first row; null when there is none. */
    <T> T first(String sql, Rows.Mapper<T> mapper, Object... arguments) throws SQLException {
        return Rows.first(statement(sql), mapper, arguments);
    }

    <T> List<T> all(String sql, Rows.Mapper<T> mapper, Object... arguments) throws SQLException {
        return Rows.all(statement(sql), mapper, arguments);
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    /** The number by which the tables of a person's things name them. */
    long owner(String tenant, String user) throws SQLException {
        Scope scope = new Scope(tenant, user);
        Long known = owners.get(scope);
        if (known == null) {
            update("INSERT OR IGNORE INTO owners (tenant, user_id) VALUES (?, ?)", tenant, user);
            known = first(
                    "SELECT owner FROM owners WHERE tenant = ? AND user_id = ?", row -> row.getLong(1), tenant, user);
            owners.put(scope, known);
        }
        return known;
    }

    /** A number that no document has yet. */
    long nextDocument() {
        return ++lastDocument;
    }

    /** Notes for those who follow it that a thing changed. */
    void changed(Kind kind, String tenant, String user, String id) throws SQLException {
        if (live) {
            update(
                    "INSERT INTO changes (seq, kind, tenant, user_id, id) VALUES (?, ?, ?, ?, ?)",
                    ++lastChange,
                    kind.wireName(),
                    tenant,
                    user == null ? "" : user,
                    id);
        }
    }

    /** Notes what came of an event, for whoever waits for that. */
    void happened(String tenant, UUID eventId, Outcome outcome) {
        effects.add(new Effect(new EventRef(tenant, eventId), outcome));
    }

    /** From now on changes are noted. */
    void goLive() throws SQLException {
        live = true;
        update("INSERT OR REPLACE INTO meta (name, value) VALUES ('live', '1')");
    }

    boolean isLive() {
        return live;
    }

    long lastChange() {
        return lastChange;
    }

    void trimChanges() throws SQLException {
        update("DELETE FROM changes WHERE seq <= ?", lastChange - KEPT_CHANGES);
    }

    /** What came of events since the last commit; empty from then on. */
    List<Effect> takeEffects() {
        List<Effect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        owners.clear();
        effects.clear();
        connection.rollback();
        readCounters();
    }
}
