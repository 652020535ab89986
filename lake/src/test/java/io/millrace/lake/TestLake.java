package io.millrace.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakeRows;
import io.millrace.connectors.lakehouse.LakeTable;
import io.millrace.schema.audit.AuditEvent;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.Table;

/** A lake with rows that a test made. */
final class TestLake {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LakeCatalog lake;

    TestLake(LakeCatalog lake) {
        this.lake = lake;
    }

    /** Returns the id of the snapshot; -1 when there is none. */
    long append(List<AuditEvent> rows) throws IOException {
        return append(DeclaredTables.EVENTS, rows);
    }

    /** Returns the id of the snapshot; -1 when there is none. */
    <R extends java.lang.Record> long append(LakeTable<R> declared, List<R> rows) throws IOException {
        try (LakeCatalog.Opened catalog = lake.open()) {
            Table table = declared.ensure(catalog.catalog());
            if (rows.isEmpty()) {
                return -1;
            }
            LakeRows.append(catalog.catalog(), declared, rows);
            table.refresh();
            return table.currentSnapshot().snapshotId();
        }
    }

    /** Has the table say that a partition is further than its rows are. */
    void appendedElsewhere(String topic, int partition, long offset) throws IOException {
        ObjectNode positions = JSON.createObjectNode();
        positions.putObject(topic + "/" + partition).put("offset", offset).put("link", "AA==");
        try (LakeCatalog.Opened catalog = lake.open()) {
            DeclaredTables.EVENTS
                    .load(catalog.catalog())
                    .updateProperties()
                    .set("millrace.positions", positions.toString())
                    .commit();
        }
    }
}
