package io.millrace.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.connectors.lakehouse.LakeTable;
import io.millrace.connectors.lakehouse.RowSchema;
import io.millrace.schema.audit.AuditEvent;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.PartitionedFanoutWriter;

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
            AppendFiles append = table.newAppend();
            for (DataFile file : files(table, RowSchema.of(declared.row()), rows)) {
                append.appendFile(file);
            }
            append.commit();
            return table.currentSnapshot().snapshotId();
        }
    }

    private static <R extends java.lang.Record> DataFile[] files(Table table, RowSchema<R> schema, List<R> rows)
            throws IOException {
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        InternalRecordWrapper wrapper = new InternalRecordWrapper(table.schema().asStruct());
        try (PartitionedFanoutWriter<Record> writer =
                new PartitionedFanoutWriter<>(
                        table.spec(),
                        FileFormat.PARQUET,
                        new GenericAppenderFactory(table, table.schema(), table.spec(), table.properties(), null, null),
                        OutputFileFactory.builderFor(table, 0, 0).build(),
                        table.io(),
                        Long.MAX_VALUE) {
                    @Override
                    protected PartitionKey partition(Record row) {
                        key.partition(wrapper.wrap(row));
                        return key;
                    }
                }) {
            for (R row : rows) {
                writer.write(schema.record(row));
            }
            return writer.dataFiles();
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
