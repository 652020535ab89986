package io.millrace.connectors.lakehouse;

import io.millrace.schema.lake.SourcePosition;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes files part of a table once their checkpoint is complete; runs once. Rows and {@link Positions} change in one
 * commit. While the catalog is away files wait, in state, for the next checkpoint.
 */
public final class LakeCommitter extends AbstractStreamOperator<SourcePosition>
        implements OneInputStreamOperator<LakeFiles, SourcePosition> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LakeCommitter.class);

    /** What it leaves when it is interrupted is a file that no table knows; a later one takes it away. */
    private static final Duration MAINTENANCE_END = Duration.ofSeconds(10);

    public static final String COMMITS = "lake_commits";
    /** Tries to commit that failed; the files wait for the next checkpoint. */
    public static final String COMMIT_FAILURES = "lake_commit_failures";
    /** Since the last commit, while there are files to commit. */
    public static final String COMMIT_AGE_MS = "lake_commit_age_ms";

    public static final String FILES_PENDING = "lake_files_pending";
    /** Files of the table, as of the last maintenance. */
    public static final String FILES = "lake_files";
    /** Small files that were put together into others. */
    public static final String FILES_COMPACTED = "lake_files_compacted";
    /** Files that belonged to no table, as a crash leaves them, and were deleted. */
    public static final String ORPHANS_REMOVED = "lake_orphans_removed";
    /** Since the last maintenance that went well; 0 where there is none to be done. */
    public static final String MAINTENANCE_AGE_MS = "lake_maintenance_age_ms";

    public static final String MAINTENANCE_FAILURES = "lake_maintenance_failures";

    private final LakeCatalog lake;
    private final LakeTable<?> declared;
    private final TableMaintenance.Plan maintenance;

    private transient LakeCatalog.Opened catalog;
    private transient Table table;
    private transient ListState<LakeFiles> state;
    private transient List<LakeFiles> pending;
    private transient Counter commits;
    private transient Counter failures;
    private transient long committedAt;
    private transient ScheduledExecutorService maintainer;
    private transient volatile long maintainedAt;
    private transient volatile long files;
    private transient Counter compacted;
    private transient Counter orphans;
    private transient Counter maintenanceFailures;

    /**
     * One that maintains the table as well, on a thread of its own.
     *
     * @param every how often; zero for never
     * @param snapshots how long snapshots are kept
     */
    public LakeCommitter(LakeCatalog lake, LakeTable<?> declared, Duration every, Duration snapshots) {
        this.lake = lake;
        this.declared = declared;
        this.maintenance = new TableMaintenance.Plan(every, snapshots);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("files", TypeInformation.of(LakeFiles.class)));
        pending = new ArrayList<>();
        for (LakeFiles files : state.get()) {
            pending.add(files);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        commits = getMetricGroup().counter(COMMITS);
        failures = getMetricGroup().counter(COMMIT_FAILURES);
        committedAt = System.currentTimeMillis();
        getMetricGroup().gauge(COMMIT_AGE_MS, () -> pending.isEmpty() ? 0 : now() - committedAt);
        getMetricGroup().gauge(FILES_PENDING, () -> pending.size());
        compacted = getMetricGroup().counter(FILES_COMPACTED);
        orphans = getMetricGroup().counter(ORPHANS_REMOVED);
        maintenanceFailures = getMetricGroup().counter(MAINTENANCE_FAILURES);
        maintainedAt = now();
        getMetricGroup().gauge(FILES, () -> files);
        getMetricGroup().gauge(MAINTENANCE_AGE_MS, () -> maintenance.every().isZero() ? 0 : now() - maintainedAt);
        // They are of the checkpoint that was restored, which is complete.
        commit(Long.MAX_VALUE);
        if (!maintenance.every().isZero()) {
            long every = maintenance.every().toMillis();
            maintainer = Executors.newSingleThreadScheduledExecutor(
                    task -> new Thread(task, "maintain-" + declared.fullName()));
            maintainer.scheduleWithFixedDelay(this::maintain, every, every, TimeUnit.MILLISECONDS);
        }
    }

    private void maintain() {
        try (OwnClassLoader loader = new OwnClassLoader();
                LakeCatalog.Opened own = lake.open()) {
            TableMaintenance.Result result = new TableMaintenance(maintenance).run(declared.load(own.catalog()));
            files = result.files();
            compacted.inc(result.compacted());
            orphans.inc(result.orphans());
            maintainedAt = now();
        } catch (IOException | RuntimeException e) {
            maintenanceFailures.inc();
            LOG.warn("{} was not maintained; it is tried again in {}", declared.fullName(), maintenance.every(), e);
        }
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    @Override
    public void processElement(StreamRecord<LakeFiles> element) {
        pending.add(element.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(pending);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        commit(checkpointId);
    }

    /** One commit for each checkpoint: what became of the last one may not be known. */
    private void commit(long upTo) {
        SortedMap<Long, List<LakeFiles>> complete = new TreeMap<>();
        pending.stream().filter(files -> files.checkpoint() <= upTo).forEach(files -> complete.computeIfAbsent(
                        files.checkpoint(), checkpoint -> new ArrayList<>())
                .add(files));
        complete.forEach(this::commitOrWait);
    }

    private void commitOrWait(long checkpoint, List<LakeFiles> files) {
        if (pending.get(0).checkpoint() < checkpoint) {
            // They wait for those before them.
            return;
        }
        try (OwnClassLoader loader = new OwnClassLoader()) {
            commit(checkpoint, files);
        } catch (LakeException e) {
            throw e;
        } catch (RuntimeException e) {
            failures.inc();
            LOG.warn("{} was not committed to; its files wait for the next checkpoint", declared.fullName(), e);
            return;
        }
        pending.removeAll(files);
        committedAt = now();
    }

    private void commit(long checkpoint, List<LakeFiles> files) {
        if (table == null) {
            catalog = lake.open();
            table = declared.load(catalog.catalog());
        }
        table.refresh();
        Positions positions = Positions.of(table);
        List<SourceRange> ranges =
                files.stream().flatMap(each -> each.ranges().stream()).toList();
        if (!positions.add(ranges)) {
            LOG.info("What was written before checkpoint {} is in {} already", checkpoint, declared.fullName());
            return;
        }
        Transaction transaction = table.newTransaction();
        AppendFiles append = transaction.newAppend();
        files.stream().flatMap(each -> each.files().stream()).forEach(file -> append.appendFile(dataFile(file)));
        append.commit();
        transaction
                .updateProperties()
                .set(Positions.PROPERTY, positions.toJson())
                .commit();
        transaction.commitTransaction();
        commits.inc();
        ranges.forEach(range -> output.collect(new StreamRecord<>(range.end())));
    }

    private DataFile dataFile(String json) {
        return (DataFile)
                org.apache.iceberg.util.JsonUtil.parse(json, node -> ContentFileParser.fromJson(node, table.specs()));
    }

    @Override
    public void close() throws Exception {
        if (maintainer != null) {
            maintainer.shutdownNow();
            maintainer.awaitTermination(MAINTENANCE_END.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (catalog != null) {
            catalog.close();
        }
        super.close();
    }
}
