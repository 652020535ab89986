package io.millrace.connectors.lakehouse;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Keeps a table healthy: makes one file out of many small ones, and forgets snapshots that are old, with the files that
 * only they have; and takes away files that belong to no table. Rows stay as they are, and so do positions; whoever commits meanwhile is not held up.
 */
final class TableMaintenance {
    /** Files that are larger stay as they are; smaller ones are put together up to that size. */
    private static final long FILE_BYTES = 128L << 20;

    /** Fewer files of one part of the table are not worth the work. */
    private static final int LEAST_FILES = 8;

    /** However old they are: some queries look at the ones before. */
    private static final int SNAPSHOTS_KEPT = 10;

    /** Whoever wrote a file has committed it long before, or will not. */
    private static final Duration ORPHANED_AFTER = Duration.ofDays(7);

    private final Plan plan;

    /**
     * When it is done.
     *
     * @param every zero for never
     * @param snapshots how long snapshots are kept, for time travel and for queries that run
     */
    record Plan(Duration every, Duration snapshots) implements Serializable {}

    /**
     * What it came to.
     *
     * @param files how many there are now
     * @param compacted how many were put together into others
     * @param orphans how many belonged to no table, and are gone
     */
    record Result(long files, long compacted, long orphans) {}

    TableMaintenance(Plan plan) {
        this.plan = plan;
    }

    Result run(Table table) throws IOException {
        table.refresh();
        long compacted = 0;
        for (List<DataFile> files : smallFiles(table)) {
            compact(table, files);
            compacted += files.size();
        }
        table.expireSnapshots()
                .expireOlderThan(Instant.now().minus(plan.snapshots()).toEpochMilli())
                .retainLast(SNAPSHOTS_KEPT)
                .commit();
        long orphans = OrphanFiles.remove(table, Instant.now().minus(ORPHANED_AFTER));
        return new Result(count(table), compacted, orphans);
    }

    private static long count(Table table) throws IOException {
        long files = 0;
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask ignored : tasks) {
                files++;
            }
        }
        return files;
    }

    /** Each list is of one part of the table, and is to be one file. */
    private static List<List<DataFile>> smallFiles(Table table) throws IOException {
        Map<String, List<DataFile>> byPart = new TreeMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                DataFile file = task.file();
                if (file.fileSizeInBytes() < FILE_BYTES && task.deletes().isEmpty()) {
                    byPart.computeIfAbsent(
                                    task.spec().specId() + "/" + task.spec().partitionToPath(file.partition()),
                                    part -> new ArrayList<>())
                            .add(file);
                }
            }
        }
        List<List<DataFile>> groups = new ArrayList<>();
        byPart.values().forEach(files -> groups.addAll(groups(files)));
        return groups;
    }

    private static List<List<DataFile>> groups(List<DataFile> files) {
        List<List<DataFile>> groups = new ArrayList<>();
        List<DataFile> group = new ArrayList<>();
        long bytes = 0;
        for (DataFile file : files) {
            if (bytes + file.fileSizeInBytes() > FILE_BYTES) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(file);
            bytes += file.fileSizeInBytes();
        }
        groups.add(group);
        groups.removeIf(one -> one.size() < LEAST_FILES);
        return groups;
    }

    private static void compact(Table table, List<DataFile> files) throws IOException {
        long snapshot = table.currentSnapshot().snapshotId();
        DataFile one = TableFiles.rewritten(table, files, UnaryOperator.identity());
        long rows = files.stream().mapToLong(DataFile::recordCount).sum();
        try {
            if (one.recordCount() != rows) {
                throw new LakeException(files.size() + " files of " + table.name() + " have " + rows
                        + " rows, and what was made of them " + one.recordCount());
            }
            RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(snapshot);
            files.forEach(rewrite::deleteFile);
            rewrite.addFile(one).commit();
        } catch (CommitStateUnknownException e) {
            // It may have them.
            throw e;
        } catch (RuntimeException e) {
            table.io().deleteFile(one.location());
            throw e;
        }
        table.refresh();
    }
}
