package io.millrace.gateway.model;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks a prepared statement. */
final class Rows {

    private Rows() {}

    /** Makes something of the row that a result is at. */
    @FunctionalInterface
    interface Mapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    static <T> List<T> all(PreparedStatement statement, Mapper<T> mapper, Object... arguments) throws SQLException {
        bind(statement, arguments);
        List<T> all = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(mapper.of(rows));
            }
        }
        return all;
    }

    /** Takes rows, until one is not wanted any more. */
    @FunctionalInterface
    interface Taker {
        boolean take(ResultSet row) throws SQLException;
    }

    static void each(PreparedStatement statement, Taker taker, Object... arguments) throws SQLException {
        bind(statement, arguments);
        try (ResultSet rows = statement.executeQuery()) {
            boolean more = true;
            while (more && rows.next()) {
                more = taker.take(rows);
            }
        }
    }

    /** Null when there is none. */
    static <T> T first(PreparedStatement statement, Mapper<T> mapper, Object... arguments) throws SQLException {
        bind(statement, arguments);
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? mapper.of(rows) : null;
        }
    }

    static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }
}
