package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;

/** Writes rows to files, and tells of them ahead of each checkpoint. They are in no table yet. */
public final class LakeWriter<R extends java.lang.Record> extends AbstractStreamOperator<LakeFiles>
        implements OneInputStreamOperator<R, LakeFiles> {
    private static final long serialVersionUID = 1L;

    private final LakeCatalog lake;
    private final LakeTable<R> declared;
    private final RowRange<R> rangeOf;

    private transient LakeCatalog.Opened catalog;
    private transient Table table;
    private transient RowSchema<R> rows;
    private transient OutputFileFactory files;
    private transient PartedWriter writer;
    private transient List<DataFile> complete;
    private transient Map<String, SourceRange> ranges;

    /** The range of a row, which is its own. */
    @FunctionalInterface
    public interface RowRange<R> extends java.io.Serializable {
        SourceRange of(R row);
    }

    public LakeWriter(LakeCatalog lake, LakeTable<R> declared, RowRange<R> rangeOf) {
        this.lake = lake;
        this.declared = declared;
        this.rangeOf = rangeOf;
    }

    @Override
    public void open() throws Exception {
        super.open();
        try (OwnClassLoader loader = new OwnClassLoader()) {
            catalog = lake.open();
            table = declared.ensure(catalog.catalog());
        }
        rows = RowSchema.of(declared.row());
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        files = OutputFileFactory.builderFor(table, subtask, attempt)
                .format(FileFormat.PARQUET)
                .build();
        ranges = new LinkedHashMap<>();
        complete = new ArrayList<>();
    }

    @Override
    public void processElement(StreamRecord<R> element) throws IOException {
        if (writer == null) {
            try (OwnClassLoader loader = new OwnClassLoader()) {
                writer = new PartedWriter(table, files);
            }
        }
        R row = element.getValue();
        writer.write(rows.record(row));
        if (writer.isFull()) {
            Collections.addAll(complete, writer.dataFiles());
            writer = new PartedWriter(table, files);
        }
        SourceRange range = rangeOf.of(row);
        ranges.merge(range.source(), range, SourceRange::and);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        if (writer == null) {
            return;
        }
        List<String> closed = new ArrayList<>();
        Collections.addAll(complete, writer.dataFiles());
        for (DataFile file : complete) {
            closed.add(ContentFileParser.toJson(file, table.spec()));
        }
        complete.clear();
        output.collect(new StreamRecord<>(new LakeFiles(checkpointId, closed, List.copyOf(ranges.values()))));
        writer = null;
        ranges.clear();
    }

    @Override
    public void close() throws Exception {
        if (writer != null) {
            // On threads of Iceberg's own.
            try (OwnClassLoader loader = new OwnClassLoader()) {
                writer.abort();
            }
        }
        if (catalog != null) {
            catalog.close();
        }
        super.close();
    }
}
