package io.millrace.gateway.model;

import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model that is told what a test has on its log. */
public final class ModelBed implements AutoCloseable {
    private static final Map<String, String> TABLES = Map.ofEntries(
            Map.entry(
                    "tasks",
                    "SELECT tenant, user_id, task_id, created, version, status, priority, due, updated, title, tags, cause,"
                            + " words, body FROM tasks JOIN owners USING (owner) LEFT JOIN task_docs USING (doc)"),
            Map.entry(
                    "reminders",
                    "SELECT tenant, user_id, remind_at, event_id, body FROM reminders JOIN owners USING (owner)"),
            Map.entry(
                    "notification_preferences",
                    "SELECT tenant, user_id, body FROM notification_preferences JOIN owners USING (owner)"),
            Map.entry(
                    "notifications",
                    "SELECT tenant, user_id, occurred, event_id, body FROM notifications JOIN owners USING (owner)"),
            Map.entry("runs", "SELECT * FROM runs"),
            Map.entry("workflows", "SELECT * FROM workflows"),
            Map.entry("waits", "SELECT * FROM waits"),
            Map.entry("histories", "SELECT * FROM histories"),
            Map.entry("steps", "SELECT * FROM steps"),
            Map.entry("requests", "SELECT * FROM requests"),
            Map.entry("decisions", "SELECT * FROM decisions"),
            Map.entry("conversations", "SELECT * FROM conversations"),
            Map.entry("slo", "SELECT * FROM slo"),
            Map.entry("agents", "SELECT * FROM agents"),
            Map.entry("refused_agents", "SELECT * FROM refused_agents"),
            Map.entry("flags", "SELECT * FROM flags"),
            Map.entry("letters", "SELECT * FROM letters"),
            Map.entry("positions", "SELECT * FROM positions"));

    private final Path directory;
    private ReadModel model;

    public ModelBed(Path directory) throws IOException {
        this.directory = directory;
        model = ReadModel.open(directory);
    }

    public ReadModel model() {
        return model;
    }

    /** Tells it of records, in one batch. */
    public ModelBed tell(SourceRecord... records) throws SQLException {
        return tell(List.of(records));
    }

    public ModelBed tell(List<SourceRecord> records) throws SQLException {
        Map<LogPartition, Long> next = new HashMap<>();
        records.forEach(record -> next.put(new LogPartition(record.topic(), record.partition()), record.offset() + 1));
        model.apply(new Batch(records, next));
        return this;
    }

    public ModelBed live() throws SQLException {
        model.goLive();
        return this;
    }

    /** Closes it and opens it again. */
    public ModelBed reopen() throws IOException {
        model.close();
        model = ReadModel.open(directory);
        return this;
    }

    /** All that is in it, by table, each row as text; numbers that the file gives by itself are left out. */
    public Map<String, List<String>> dump() {
        Map<String, List<String>> dump = new TreeMap<>();
        TABLES.forEach((table, sql) -> dump.put(table, model.ask(reader -> {
            List<String> rows = new ArrayList<>(reader.all(sql, row -> {
                StringBuilder text = new StringBuilder();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    Object value = row.getObject(i);
                    text.append(value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value)
                            .append('|');
                }
                return text.toString();
            }));
            rows.sort(null);
            return rows;
        })));
        return dump;
    }

    @Override
    public void close() throws IOException {
        model.close();
    }
}
