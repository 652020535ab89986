package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Erases what rows say: all columns but some become null, and with all snapshots but the last the files go that had
 * them. Commits and maintenance may go on meanwhile.
 */
public final class LakeErasure {
    private static final int TRIES = 5;

    private final Table table;
    private final Expression rows;
    private final Set<String> kept;
    private final Evaluator evaluator;
    private final InternalRecordWrapper wrapper;

    /** @param files that have such rows, or had them */
    public record Found(long rows, long files) {}

    /**
     * Of a table.
     *
     * @param rows which are erased
     * @param kept the columns that are not, among them all that can't be null
     */
    public LakeErasure(Table table, Expression rows, Set<String> kept) {
        this.table = table;
        this.rows = rows;
        this.kept = Set.copyOf(kept);
        evaluator = new Evaluator(table.schema().asStruct(), rows);
        wrapper = new InternalRecordWrapper(table.schema().asStruct());
    }

    /** What there is to erase. */
    public Found find() throws IOException {
        table.refresh();
        long found = 0;
        List<DataFile> files = files();
        for (DataFile file : files) {
            found += count(file);
        }
        return new Found(found, files.size());
    }

    /** Erases it. Done again it finds nothing more, but forgets snapshots all the same. */
    public Found erase() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                Found erased = overwrite();
                // Files go with the snapshot that took them out, which so is not the last one.
                table.newAppend().commit();
                table.expireSnapshots()
                        .expireOlderThan(System.currentTimeMillis())
                        .retainLast(1)
                        .commit();
                return erased;
            } catch (CommitFailedException | ValidationException e) {
                // Maintenance took a file, or many commit at once.
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Found overwrite() throws IOException {
        table.refresh();
        Snapshot snapshot = table.currentSnapshot();
        List<DataFile> files = files();
        if (files.isEmpty()) {
            return new Found(0, 0);
        }
        OverwriteFiles overwrite = table.newOverwrite().validateFromSnapshot(snapshot.snapshotId());
        List<DataFile> made = new ArrayList<>();
        long[] erased = {0};
        try {
            for (DataFile file : files) {
                DataFile without = TableFiles.rewritten(table, List.of(file), row -> {
                    if (!matches(row)) {
                        return row;
                    }
                    erased[0]++;
                    return erased(row);
                });
                made.add(without);
                overwrite.deleteFile(file).addFile(without);
            }
            overwrite.commit();
        } catch (CommitStateUnknownException e) {
            // It may have them.
            throw e;
        } catch (RuntimeException e) {
            made.forEach(file -> table.io().deleteFile(file.location()));
            throw e;
        }
        return new Found(erased[0], files.size());
    }

    /** Files that have such rows. */
    private List<DataFile> files() throws IOException {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().filter(rows).planFiles()) {
            for (FileScanTask task : tasks) {
                if (count(task.file()) > 0) {
                    files.add(task.file());
                }
            }
        }
        return files;
    }

    private long count(DataFile file) throws IOException {
        long count = 0;
        try (CloseableIterable<Record> all = TableFiles.read(table, file)) {
            for (Record row : all) {
                count += matches(row) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean matches(Record row) {
        return evaluator.eval(wrapper.wrap(row));
    }

    private Record erased(Record row) {
        GenericRecord without = GenericRecord.create(table.schema());
        for (NestedField column : table.schema().columns()) {
            if (kept.contains(column.name())) {
                without.setField(column.name(), row.getField(column.name()));
            }
        }
        return without;
    }
}
