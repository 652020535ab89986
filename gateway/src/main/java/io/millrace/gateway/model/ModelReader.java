package io.millrace.gateway.model;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.ProgressHandler;

/** Asks the model, over a connection that can't write. Each question is bounded in time. Of one thread at a time. */
final class ModelReader {
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int KEPT_STATEMENTS = 100;
    /** Instructions of SQLite's machine between two looks at the clock: about a millisecond. */
    private static final int LOOK_EVERY = 50_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
    private volatile long deadline;

    ModelReader(Connection connection) throws SQLException {
        this.connection = connection;
        ProgressHandler.setHandler(connection, LOOK_EVERY, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() > deadline ? 1 : 0;
            }
        });
    }

    void begin() {
        deadline = System.nanoTime() + LIMIT.toNanos();
    }

    <T> List<T> all(String sql, Rows.Mapper<T> mapper, Object... arguments) throws SQLException {
        return Rows.all(statement(sql), mapper, arguments);
    }

    /** Gives rows, until one is not wanted any more. */
    void each(String sql, Rows.Taker taker, Object... arguments) throws SQLException {
        Rows.each(statement(sql), taker, arguments);
    }

    /** Null when there is none. */
    <T> T first(String sql, Rows.Mapper<T> mapper, Object... arguments) throws SQLException {
        return Rows.first(statement(sql), mapper, arguments);
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            if (statements.size() >= KEPT_STATEMENTS) {
                String eldest = statements.keySet().iterator().next();
                statements.remove(eldest).close();
            }
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    void close() throws SQLException {
        connection.close();
    }
}
