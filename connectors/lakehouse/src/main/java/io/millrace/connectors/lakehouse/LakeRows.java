package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/** Reads the rows of a table as of one snapshot. */
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
}
