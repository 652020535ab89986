package io.millrace.lake;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeRows;
import io.millrace.connectors.lakehouse.RowSchema;
import io.millrace.logic.analytics.FigureReplay;
import io.millrace.logic.audit.FigureRows;
import io.millrace.schema.analytics.FigureRow;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.audit.AuditEvent;
import io.millrace.schema.event.EventType;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.expressions.Expressions;

/** The table of figures beside what follows from the audited events, of rows whose time is over. */
final class FigureComparison {
    /** What the job had read so long before its last row is in rows by then. */
    private static final Duration ROOM = Duration.ofMinutes(5);

    private static final long TELL_EVERY = 1_000_000;

    /** Where corrections come from. */
    private static final String SOURCE = "audit.events";

    private final FigureRows maker;
    private final Map<String, FigureRow> told = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<FigureRow> corrections = new ArrayList<>();
    private final Set<String> partitions = new HashSet<>();
    private Instant from = Instant.EPOCH;
    private Instant until = Instant.EPOCH;
    private long events;
    private long erased;
    private long compared;

    /** A row of the table that does not say what it should. */
    record Difference(FigureRow row, String what) {
        String text() {
            return row.figureTable() + ' ' + row.period() + ' ' + row.start() + ' ' + row.tenant()
                    + (row.dimensions().isEmpty() ? "" : " " + row.dimensions()) + ": " + what;
        }
    }

    private FigureComparison(byte[] key) {
        maker = new FigureRows(key);
    }

    /**
     * Reads both tables.
     *
     * @throws CommandFailure when one can't be read
     */
    static FigureComparison of(Catalog catalog, byte[] key, FigureReplay.Settings settings) throws IOException {
        FigureComparison comparison = new FigureComparison(key);
        comparison.readFigures(DeclaredTables.FIGURES.load(catalog));
        FigureReplay replay = new FigureReplay(settings);
        Properties stream = new Properties();
        stream.setProperty("jdbc_stream_results", "true");
        try (Connection engine = DriverManager.getConnection("jdbc:duckdb:", stream)) {
            try (Statement sql = engine.createStatement()) {
                sql.execute("SET TimeZone = 'UTC'");
            }
            new LakeTables(catalog, LakeTables.AsOf.NOW).show(engine);
            if (comparison.told.isEmpty()) {
                comparison.until = last(engine);
            }
            comparison.readEvents(engine, replay);
        } catch (SQLException e) {
            throw new CommandFailure("the table of events can't be read: " + e.getMessage(), e);
        }
        replay.until(comparison.until.toEpochMilli());
        comparison.compare(replay);
        return comparison;
    }

    /** The latest of each row. */
    private void readFigures(Table table) throws IOException {
        LakeRows.forEach(
                table,
                RowSchema.of(FigureRow.class),
                Expressions.alwaysTrue(),
                row -> told.merge(row.rowKey(), row, FigureComparison::later));
        told.values().stream()
                .map(FigureRow::updatedAt)
                .max(Instant::compareTo)
                .ifPresent(last -> until = last.minus(ROOM));
    }

    /** When the last event was logged; there are none before the epoch. */
    private static Instant last(Connection engine) throws SQLException {
        try (Statement sql = engine.createStatement();
                ResultSet result = sql.executeQuery("SELECT max(log_time) FROM audit.events")) {
            OffsetDateTime last = result.next() ? result.getObject(1, OffsetDateTime.class) : null;
            return last == null ? Instant.EPOCH : last.toInstant();
        }
    }

    private static FigureRow later(FigureRow one, FigureRow other) {
        int order = one.logTime().compareTo(other.logTime());
        return order > 0 || order == 0 && one.offset() > other.offset() ? one : other;
    }

    private void readEvents(Connection engine, FigureReplay replay) throws SQLException {
        String events =
                "SELECT * FROM audit.events WHERE (topic IN ('%s', '%s', '%s', '%s') OR suffix(topic, '%s')) AND log_time <= '%s'"
                                .formatted(
                                        Topics.TASK_UPDATES,
                                        Topics.REMINDERS,
                                        Topics.AGENT_RESULTS,
                                        Topics.CONVERSATION_UPDATES,
                                        Topics.DEAD_LETTER_SUFFIX,
                                        until)
                        + " ORDER BY log_time, topic, \"partition\", \"offset\"";
        ResultRows<AuditEvent> rows = new ResultRows<>(AuditEvent.class);
        try (Statement sql = engine.createStatement();
                ResultSet result = sql.executeQuery(events)) {
            while (result.next()) {
                read(rows.read(result), replay);
            }
        }
    }

    private void read(AuditEvent event, FigureReplay replay) {
        if (partitions.add(event.topic() + '/' + event.partition()) && event.offset() > 0) {
            from = event.logTime().isAfter(from) ? event.logTime() : from;
        }
        if (event.payload() == null && event.payloadBytes() != null) {
            erased++;
            return;
        }
        if (replay.read(record(event)) && ++this.events % TELL_EVERY == 0) {
            System.err.printf("%,d events …%n", this.events);
        }
    }

    private static SourceRecord record(AuditEvent event) {
        List<RecordHeader> headers = new ArrayList<>();
        if (event.headers() != null) {
            event.headers().forEach((name, value) -> headers.add(new RecordHeader(name, bytes(value))));
        }
        return new SourceRecord(
                event.topic(),
                event.partition(),
                event.offset(),
                event.logTime().toEpochMilli(),
                bytes(event.key()),
                bytes(event.payload()),
                headers);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private void compare(FigureReplay replay) {
        Set<String> due = new HashSet<>();
        for (FiguresCounted counted : replay.settledRows().values()) {
            FigureRow row = row(counted, due.size());
            due.add(row.rowKey());
            FigureRow there = told.get(row.rowKey());
            boolean later = there != null && there.updatedAt().isAfter(until);
            if (row.start().isBefore(from) || later) {
                continue;
            }
            compared++;
            String what = there == null ? "is missing" : difference(there, row);
            if (what != null) {
                differences.add(new Difference(row, what));
                corrections.add(corrected(row, there));
            }
        }
        for (FigureRow row : told.values()) {
            boolean over = !row.status().equals(EventType.wireName(FiguresCounted.Status.OPEN))
                    && !row.updatedAt().isAfter(until)
                    && !row.start().isBefore(from);
            if (over && !due.contains(row.rowKey())) {
                differences.add(new Difference(row, "comes of no event"));
            }
        }
    }

    private FigureRow row(FiguresCounted counted, long number) {
        try {
            return maker.row(new SourceRecord(
                    SOURCE, -1, number, System.currentTimeMillis(), null, counted.toJson(), List.of()));
        } catch (RejectedEventException e) {
            throw new IllegalStateException("what is written can be read", e);
        }
    }

    /** Null when there is none. */
    private static String difference(FigureRow there, FigureRow row) {
        if (there.figures().equals(row.figures()) && there.bins().equals(row.bins())) {
            return null;
        }
        Map<String, String> wrong = new TreeMap<>();
        row.figures().forEach((name, right) -> {
            Long value = there.figures().get(name);
            if (!right.equals(value)) {
                wrong.put(name, value + ", by the events " + right);
            }
        });
        return wrong.isEmpty() ? "its distributions are others" : wrong.toString();
    }

    private static FigureRow corrected(FigureRow row, FigureRow there) {
        return new FigureRow(
                row.figureTable(),
                row.rowKey(),
                row.tenant(),
                row.period(),
                row.start(),
                row.dimensions(),
                EventType.wireName(FiguresCounted.Status.CORRECTED),
                there == null ? row.revision() : there.revision() + 1,
                row.figures(),
                row.bins(),
                row.updatedAt(),
                row.topic(),
                row.partition(),
                row.offset(),
                row.logTime(),
                row.after());
    }

    List<Difference> differences() {
        return List.copyOf(differences);
    }

    /** What would have to be added to the table. */
    List<FigureRow> corrections() {
        return List.copyOf(corrections);
    }

    /** Rows that begin earlier were left out, as not all their events are there. */
    Instant from() {
        return from;
    }

    /** Up to when events were read. */
    Instant until() {
        return until;
    }

    /** How many events figures were made of. */
    long events() {
        return events;
    }

    long erased() {
        return erased;
    }

    /** How many rows were compared. */
    long compared() {
        return compared;
    }
}
