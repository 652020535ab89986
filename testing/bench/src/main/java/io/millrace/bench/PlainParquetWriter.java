package io.millrace.bench;

import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.RowSchema;
import io.millrace.schema.audit.AuditEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.Files;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;

/** Writes rows to Parquet files, one for each checkpoint and subtask, and that is all: no table knows of them. */
final class PlainParquetWriter extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<AuditEvent, Void> {
    private static final long serialVersionUID = 1L;
    private static final String ROW_GROUP_BYTES = Integer.toString(16 << 20);

    private final String directory;

    private transient RowSchema<AuditEvent> rows;
    private transient FileAppender<Record> file;

    PlainParquetWriter(String directory) {
        this.directory = directory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        rows = RowSchema.of(DeclaredTables.EVENTS.row());
    }

    @Override
    public void processElement(StreamRecord<AuditEvent> element) throws IOException {
        if (file == null) {
            File name = Path.of(directory, UUID.randomUUID() + ".parquet").toFile();
            file = Parquet.write(Files.localOutput(name))
                    .schema(rows.schema())
                    .createWriterFunc(GenericParquetWriter::create)
                    .set(TableProperties.PARQUET_COMPRESSION, "zstd")
                    .set(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, ROW_GROUP_BYTES)
                    .build();
        }
        file.add(rows.record(element.getValue()));
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        endFile();
    }

    private void endFile() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    @Override
    public void close() throws Exception {
        endFile();
        super.close();
    }
}
