package io.millrace.lake;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connectors.lakehouse.FigureViews;
import io.millrace.schema.analytics.FigureTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/** Views that make the audit pleasant to query; they follow from the JSON Schemas of events. */
final class LakeViews {
    private static final String OF_THE_ROW = "topic, \"partition\", \"offset\", log_time";

    /** What events have in their envelope, whichever way they say it: as the audit read it. */
    private static final Set<String> ENVELOPE = Set.of(
            "event_id",
            "event_type",
            "schema_version",
            "tenant",
            "user_id",
            "task_id",
            "occurred_at",
            "correlation_id");

    private LakeViews() {}

    /** @param engine that has the tables there are; of one that is missing, there are no views */
    static void show(Connection engine) throws SQLException {
        try (Statement sql = engine.createStatement()) {
            if (has(sql, "analytics", "figures")) {
                for (FigureTable table : FigureTable.values()) {
                    sql.execute("CREATE VIEW analytics." + table.tableName() + " AS "
                            + FigureViews.query(table, FigureViews.Dialect.DUCKDB));
                }
            }
            if (!has(sql, "audit", "events")) {
                return;
            }
            sql.execute("CREATE VIEW audit.events_first AS SELECT * FROM audit.events WHERE event_id IS NULL"
                    + " UNION ALL BY NAME SELECT * FROM audit.events WHERE event_id IS NOT NULL QUALIFY row_number() OVER"
                    + " (PARTITION BY event_id ORDER BY log_time, topic, \"partition\", \"offset\") = 1");
            sql.execute("CREATE SCHEMA events");
            for (Map.Entry<String, Map<String, JsonNode>> type :
                    EventSchemas.fields().entrySet()) {
                sql.execute(view(type.getKey(), type.getValue()));
            }
        }
    }

    private static boolean has(Statement sql, String schema, String table) throws SQLException {
        try (ResultSet found = sql.executeQuery("SELECT 1 FROM information_schema.tables WHERE table_schema = "
                + LakeTables.literal(schema) + " AND table_name = " + LakeTables.literal(table))) {
            return found.next();
        }
    }

    private static String view(String type, Map<String, JsonNode> fields) {
        StringJoiner columns = new StringJoiner(", ");
        fields.forEach((name, schema) -> columns.add(column(name, EventSchemas.sqlType(schema))));
        return "CREATE VIEW events." + LakeTables.quoted(type.replace('.', '_')) + " AS SELECT " + OF_THE_ROW + ", "
                + columns + " FROM (SELECT *, CASE WHEN NOT json_valid(payload) THEN NULL"
                + " WHEN json_exists(payload, '$.specversion') THEN json_extract(payload, '$.data')"
                + " ELSE payload::JSON END AS event FROM audit.events_first WHERE event_type = "
                + LakeTables.literal(type) + " AND error_code IS NULL)";
    }

    private static String column(String name, String type) {
        if (ENVELOPE.contains(name)) {
            return name;
        }
        String path = LakeTables.literal("$.\"" + name + "\"");
        return type.equals("JSON")
                ? "json_extract(event, " + path + ") AS " + LakeTables.quoted(name)
                : "TRY_CAST(json_extract_string(event, " + path + ") AS " + type + ") AS " + LakeTables.quoted(name);
    }
}
