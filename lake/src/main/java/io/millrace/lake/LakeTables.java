package io.millrace.lake;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;

/** Shows the tables of a catalog to a query engine, each as of one snapshot: a view of that snapshot's files. */
final class LakeTables {
    private final Catalog catalog;
    private final AsOf asOf;

    /**
     * Which snapshot of a table.
     *
     * @param snapshot null for any
     * @param time the newest one up to then; null for the newest
     */
    record AsOf(Long snapshot, Instant time) {
        static final AsOf NOW = new AsOf(null, null);
    }

    LakeTables(Catalog catalog, AsOf asOf) {
        this.catalog = catalog;
        this.asOf = asOf;
    }

    /** @throws CommandFailure when no table has that snapshot */
    void show(Connection engine) throws SQLException, IOException {
        boolean any = false;
        for (Namespace namespace : ((SupportsNamespaces) catalog).listNamespaces()) {
            for (TableIdentifier name : catalog.listTables(namespace)) {
                any |= show(engine, name, catalog.loadTable(name));
            }
        }
        if (!any && asOf.snapshot() != null) {
            throw new CommandFailure("there is no snapshot " + asOf.snapshot() + " in any table");
        }
    }

    private boolean show(Connection engine, TableIdentifier name, Table table) throws SQLException, IOException {
        Long snapshot = snapshot(table);
        if (snapshot == null && !asOf.equals(AsOf.NOW)) {
            return false;
        }
        List<String> files = snapshot == null ? List.of() : files(table, snapshot);
        try (Statement sql = engine.createStatement()) {
            String schema = quoted(name.namespace().toString());
            sql.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
            sql.execute("CREATE VIEW " + schema + "." + quoted(name.name()) + " AS " + select(table, files));
        }
        return true;
    }

    private Long snapshot(Table table) {
        if (asOf.snapshot() != null) {
            return table.snapshot(asOf.snapshot()) == null ? null : asOf.snapshot();
        }
        if (asOf.time() != null) {
            return SnapshotUtil.nullableSnapshotIdAsOfTime(table, asOf.time().toEpochMilli());
        }
        return table.currentSnapshot() == null ? null : table.currentSnapshot().snapshotId();
    }

    private static List<String> files(Table table, long snapshot) throws IOException {
        List<String> files = new ArrayList<>();
        TableScan scan = table.newScan().useSnapshot(snapshot);
        try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
            for (FileScanTask task : tasks) {
                if (!task.deletes().isEmpty()) {
                    throw new CommandFailure("the table " + table.name()
                            + " has rows that are deleted by marks, which this command does not read");
                }
                files.add(task.file().location());
            }
        }
        return List.copyOf(new TreeSet<>(files));
    }

    private static String select(Table table, List<String> files) {
        StringJoiner columns = new StringJoiner(", ");
        StringJoiner schema = new StringJoiner(", ");
        for (Types.NestedField column : table.schema().columns()) {
            String type = type(column.type());
            columns.add("CAST(NULL AS " + type + ") AS " + quoted(column.name()));
            schema.add(column.fieldId() + ": {name: " + literal(column.name()) + ", type: " + literal(type)
                    + ", default_value: NULL}");
        }
        if (files.isEmpty()) {
            return "SELECT " + columns + " WHERE false";
        }
        StringJoiner paths = new StringJoiner(", ");
        files.forEach(file -> paths.add(literal(path(file))));
        return "SELECT * FROM read_parquet([" + paths + "], schema = MAP {" + schema + "})";
    }

    /** The engine knows files by their paths. */
    static String path(String location) {
        return location.startsWith("file:")
                ? java.nio.file.Path.of(java.net.URI.create(location)).toString()
                : location;
    }

    private static String type(Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> "BOOLEAN";
            case INTEGER -> "INTEGER";
            case LONG -> "BIGINT";
            case DOUBLE -> "DOUBLE";
            case STRING -> "VARCHAR";
            case BINARY -> "BLOB";
            case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
            case MAP ->
                "MAP(" + type(type.asMapType().keyType()) + ", "
                        + type(type.asMapType().valueType()) + ")";
            default -> throw new CommandFailure("there is no way to read a column of type " + type);
        };
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
