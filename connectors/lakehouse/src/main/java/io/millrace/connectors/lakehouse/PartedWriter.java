package io.millrace.connectors.lakehouse;

import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.PartitionedFanoutWriter;

/** Writes rows to one file for each part of a table, in no table yet. */
final class PartedWriter extends PartitionedFanoutWriter<Record> {
    private static final long FILE_BYTES = 256L << 20;

    /** More files at once would not fit into memory: times of records may be of as many days as somebody likes. */
    private static final int MOST_OPEN = 128;

    private final PartitionKey key;
    private final InternalRecordWrapper wrapper;
    private final Set<PartitionKey> parts = new HashSet<>();

    PartedWriter(Table table, OutputFileFactory files) {
        super(
                table.spec(),
                FileFormat.PARQUET,
                new GenericAppenderFactory(table, table.schema(), table.spec(), table.properties(), null, null),
                files,
                table.io(),
                FILE_BYTES);
        key = new PartitionKey(table.spec(), table.schema());
        wrapper = new InternalRecordWrapper(table.schema().asStruct());
    }

    @Override
    protected PartitionKey partition(Record row) {
        key.partition(wrapper.wrap(row));
        if (!parts.contains(key)) {
            parts.add(key.copy());
        }
        return key;
    }

    /** Whether it has as many files open as it should; what it wrote is then to be taken, and another one begun. */
    boolean isFull() {
        return parts.size() >= MOST_OPEN;
    }
}
