package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFileFactory;

/** Reads the rows of a table as of one snapshot, and appends some. */
public final class LakeRows {
    private LakeRows() {}

    /**
     * Gives all rows that match, in no order.
     *
     * @param filter of Iceberg, such as {@code Expressions.equal("topic", "t")}
     */
    public static <R extends java.lang.Record> void forEach(
            Table table, RowSchema<R> rows, Expression filter, Consumer<R> to) throws IOException {
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table).where(filter).build()) {
            for (Record record : records) {
                to.accept(rows.row(record));
            }
        }
    }

    /** Appends rows to a table, which is made when it is not there; no positions change. */
    public static <R extends java.lang.Record> void append(Catalog catalog, LakeTable<R> declared, List<R> rows)
            throws IOException {
        Table table = declared.ensure(catalog);
        RowSchema<R> schema = RowSchema.of(declared.row());
        OutputFileFactory files = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PARQUET)
                .operationId(UUID.randomUUID().toString())
                .build();
        AppendFiles append = table.newAppend();
        try (PartedWriter writer = new PartedWriter(table, files)) {
            for (R row : rows) {
                writer.write(schema.record(row));
            }
            for (DataFile file : writer.dataFiles()) {
                append.appendFile(file);
            }
        }
        append.commit();
    }
}
