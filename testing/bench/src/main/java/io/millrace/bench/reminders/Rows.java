package io.millrace.bench.reminders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills a table from a batch, by COPY: what arming costs a database is not measured. */
final class Rows {
    private static final int BUFFER = 64 << 10;

    private Rows() {}

    /** One row for one task of a batch. */
    @FunctionalInterface
    interface Row {
        /** The row in COPY's text format, without its end: columns separated by tabs. */
        String of(Batch batch, int number);
    }

    /**
     * Adds all tasks of a batch.
     *
     * @param into table with the list of columns
     */
    static void copy(Connection connection, String into, Batch batch, Row row) throws SQLException, IOException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + into + " FROM STDIN");
        StringBuilder lines = new StringBuilder(BUFFER * 2);
        for (int i = 0; i < batch.count(); i++) {
            lines.append(row.of(batch, i)).append('\n');
            if (lines.length() > BUFFER || i == batch.count() - 1) {
                byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
                copy.writeToCopy(bytes, 0, bytes.length);
                lines.setLength(0);
            }
        }
        copy.endCopy();
    }

    /** Brings a table's statistics and visibility up to date, as autovacuum would a little later. */
    static void vacuum(Connection connection, String table) throws SQLException {
        execute(connection, "VACUUM ANALYZE " + table);
    }

    /** What a table takes with its indexes, in bytes. */
    static long bytes(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                var result = statement.executeQuery("SELECT pg_total_relation_size('" + table + "')")) {
            result.next();
            return result.getLong(1);
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
