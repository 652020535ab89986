package io.millrace.connectors.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.analytics.FigureTable;
import io.millrace.schema.lake.Column;
import io.millrace.schema.lake.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.catalog.ViewCatalog;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Writer and committer on real files and a real catalog. */
@Timeout(300)
class LakeCommitTest {
    private static final LakeTable<Row> TABLE = new LakeTable<>("test", "rows", Row.class, "at", "topic");

    @TempDir
    Path directory;

    private LakeCatalog lake;

    /** A row of the test. */
    public record Row(
            @Column("topic") String topic,
            @Column("offset") long offset,
            @Column("at") Instant at,
            @Column("name") String name,
            @Column("headers") Map<String, String> headers,
            @Column("bytes") byte[] bytes,
            @Column("number") Integer number,
            long after) {}

    @BeforeEach
    void makeTable() throws Exception {
        lake = LakeCatalog.local(directory.resolve("lake"));
        LakePositions.of(lake, TABLE);
    }

    @Test
    void rowsAreInTheTableOnceTheirCheckpointIsComplete() throws Exception {
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            write(writer, 0, 3);
            handOver(writer, committer, 1);
            assertThat(offsets()).isEmpty();

            committer.notifyOfCompletedCheckpoint(1);

            assertThat(offsets()).containsExactly(0L, 1L, 2L);
            assertThat(committer.extractOutputValues()).singleElement().satisfies(end -> assertThat(end.offset())
                    .isEqualTo(2));
        }
    }

    @Test
    void whatARowSaysIsWhatIsRead() throws Exception {
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            write(writer, 0, 1);
            handOver(writer, committer, 1);
            committer.notifyOfCompletedCheckpoint(1);

            Row read = rows().get(0);
            Row written = row(0, -1);
            assertThat(read).usingRecursiveComparison().ignoringFields("after").isEqualTo(written);
        }
    }

    @Test
    void aCommitThatWasMadeBeforeACrashIsNotMadeAgain() throws Exception {
        OperatorSubtaskState snapshot;
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            write(writer, 0, 3);
            snapshot = handOver(writer, committer, 1);
            committer.notifyOfCompletedCheckpoint(1);
        }
        try (OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> restored = committer(snapshot)) {
            assertThat(offsets()).containsExactly(0L, 1L, 2L);
            restored.notifyOfCompletedCheckpoint(2);
            assertThat(offsets()).containsExactly(0L, 1L, 2L);
        }
    }

    @Test
    void aCommitThatWasNotMadeBeforeACrashIsMadeAfterIt() throws Exception {
        OperatorSubtaskState snapshot;
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            write(writer, 0, 3);
            snapshot = handOver(writer, committer, 1);
        }
        committer(snapshot).close();

        assertThat(offsets()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void filesThatBelongToNoTableGoWhenTheyAreOld() throws Exception {
        Set<Path> committed;
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            write(writer, 0, 3);
            handOver(writer, committer, 1);
            committer.notifyOfCompletedCheckpoint(1);
            committed = parquetFiles();
            // Nobody commits these: the process is gone.
            write(writer, 3, 6);
            writer.prepareSnapshotPreBarrier(2);
        }
        int orphans = parquetFiles().size() - committed.size();
        assertThat(orphans).isPositive();
        try (LakeCatalog.Opened opened = lake.open()) {
            Table table = TABLE.load(opened.catalog());

            assertThat(OrphanFiles.remove(table, Instant.now().minus(Duration.ofHours(1))))
                    .as("they may be committed yet")
                    .isZero();
            assertThat(OrphanFiles.remove(table, Instant.now().plus(Duration.ofHours(1))))
                    .isEqualTo(orphans);
        }
        assertThat(parquetFiles()).isEqualTo(committed);
        assertThat(offsets()).containsExactly(0L, 1L, 2L);
    }

    private Set<Path> parquetFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).collect(Collectors.toSet());
        }
    }

    @Test
    void anOlderSavepointNeitherDoublesNorLosesRows() throws Exception {
        OperatorSubtaskState old;
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            write(writer, 0, 3);
            old = handOver(writer, committer, 5);
            committer.notifyOfCompletedCheckpoint(5);
            write(writer, 3, 6);
            handOver(writer, committer, 6);
            committer.notifyOfCompletedCheckpoint(6);
        }
        // What was sealed after the savepoint comes again; whoever seals drops what the table has, and goes on.
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(old)) {
            write(writer, 6, 8);
            handOver(writer, committer, 6);
            committer.notifyOfCompletedCheckpoint(6);
        }
        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aStateThatIsLaterThanTheTableIsRefused() throws Exception {
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            write(writer, 10, 12);
            handOver(writer, committer, 1);

            assertThatThrownBy(() -> committer.notifyOfCompletedCheckpoint(1))
                    .hasStackTraceContaining("offsets 0 to 9 of t/0 are missing");
        }
        assertThat(offsets()).isEmpty();
    }

    @Test
    void filesWaitWhileTheCatalogIsAway() throws Exception {
        Path catalog = directory.resolve("lake").resolve("catalog.db");
        Path away = directory.resolve("away");
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            write(writer, 0, 3);
            handOver(writer, committer, 1);
            // A directory in its place can't be opened.
            Files.move(catalog, away);
            Files.createDirectory(catalog);
            committer.notifyOfCompletedCheckpoint(1);
            write(writer, 3, 5);
            OperatorSubtaskState snapshot = handOver(writer, committer, 2);
            assertThat(snapshot.hasState()).isTrue();

            Files.delete(catalog);
            Files.move(away, catalog);
            committer.notifyOfCompletedCheckpoint(2);
        }
        assertThat(offsets()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aColumnThatADeclarationGainedIsAdded() throws Exception {
        try (LakeCatalog.Opened catalog = lake.open()) {
            catalog.catalog();
            Table table = TABLE.load(catalog.catalog());
            table.updateSchema().deleteColumn("number").commit();

            LakePositions.of(lake, TABLE);

            table.refresh();
            assertThat(table.schema().findField("number")).isNotNull();
        }
    }

    private OneInputStreamOperatorTestHarness<Row, LakeFiles> writer() throws Exception {
        OneInputStreamOperatorTestHarness<Row, LakeFiles> writer =
                new OneInputStreamOperatorTestHarness<>(new LakeWriter<>(
                        lake,
                        TABLE,
                        row -> new SourceRange(
                                row.topic(), 0, row.after(), row.offset(), row.offset(), new byte[] {1})));
        writer.open();
        return writer;
    }

    private OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer(OperatorSubtaskState state)
            throws Exception {
        OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer =
                new OneInputStreamOperatorTestHarness<>(new LakeCommitter(lake, TABLE, Duration.ZERO, Duration.ZERO));
        if (state != null) {
            committer.initializeState(state);
        }
        committer.open();
        return committer;
    }

    private static void write(OneInputStreamOperatorTestHarness<Row, LakeFiles> writer, int from, int to)
            throws Exception {
        for (long offset = from; offset < to; offset++) {
            writer.processElement(new StreamRecord<>(row(offset, offset - 1)));
        }
    }

    private static Row row(long offset, long after) {
        return new Row(
                "t",
                offset,
                Instant.parse("2026-11-20T09:00:00.123Z").plusSeconds(offset * 40_000),
                "name " + offset,
                Map.of("a", "b"),
                new byte[] {(byte) offset},
                null,
                after);
    }

    /** The part of a checkpoint that concerns both. */
    private static OperatorSubtaskState handOver(
            OneInputStreamOperatorTestHarness<Row, LakeFiles> writer,
            OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer,
            long checkpoint)
            throws Exception {
        writer.prepareSnapshotPreBarrier(checkpoint);
        writer.snapshot(checkpoint, checkpoint);
        for (LakeFiles files : List.copyOf(writer.extractOutputValues())) {
            committer.processElement(new StreamRecord<>(files));
        }
        writer.getOutput().clear();
        return committer.snapshot(checkpoint, checkpoint);
    }

    private List<Long> offsets() throws Exception {
        return rows().stream().map(Row::offset).sorted().toList();
    }

    private List<Row> rows() throws Exception {
        List<Row> rows = new ArrayList<>();
        try (LakeCatalog.Opened catalog = lake.open()) {
            LakeRows.forEach(
                    TABLE.load(catalog.catalog()), RowSchema.of(Row.class), Expressions.alwaysTrue(), rows::add);
        }
        return rows;
    }

    @Test
    void aCatalogIsMadeOnceThoughManyOpenItAtOnce(@TempDir Path directory) throws Exception {
        LakeCatalog lake = LakeCatalog.local(directory.resolve("lake"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> opened = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                opened.add(threads.submit(() -> {
                    LakePositions.of(lake, DeclaredTables.FIGURES);
                    return null;
                }));
            }
            for (Future<?> one : opened) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> files = Files.list(directory.resolve("lake"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("nothing of the others is left")
                    .allMatch(name -> name.matches("tables|catalog\\.db(-wal|-shm)?"));
        }
    }

    @Test
    void manySmallFilesBecomeOneAndOldSnapshotsAreForgotten() throws Exception {
        TableMaintenance maintenance =
                new TableMaintenance(new TableMaintenance.Plan(Duration.ofMinutes(1), Duration.ZERO));
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null);
                LakeCatalog.Opened catalog = lake.open()) {
            for (int i = 0; i < 20; i++) {
                commit(writer, committer, i);
            }
            List<Row> before = rows();
            Table table = TABLE.load(catalog.catalog());
            String positions = table.properties().get(Positions.PROPERTY);
            assertThat(table.snapshots()).hasSize(20);

            TableMaintenance.Result result = maintenance.run(table);

            assertThat(result).isEqualTo(new TableMaintenance.Result(1, 20, 0));
            assertThat(rows())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyInAnyOrderElementsOf(before);
            assertThat(table.properties().get(Positions.PROPERTY)).isEqualTo(positions);
            assertThat(table.snapshots()).hasSize(10);
            assertThat(maintenance.run(table)).as("nothing left to do").isEqualTo(new TableMaintenance.Result(1, 0, 0));

            for (int i = 20; i < 31; i++) {
                commit(writer, committer, i);
            }
            maintenance.run(table);
            assertThat(offsets()).hasSize(31);
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                        .as("of 32 some went with their snapshots")
                        .hasSizeLessThanOrEqualTo(20);
            }
        }
    }

    @Test
    void aCommitterMaintainsItsTable() throws Exception {
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer =
                        new OneInputStreamOperatorTestHarness<>(
                                new LakeCommitter(lake, TABLE, Duration.ofMillis(20), Duration.ofDays(1)));
                LakeCatalog.Opened catalog = lake.open()) {
            committer.open();
            for (int i = 0; i < 12; i++) {
                commit(writer, committer, i);
            }
            Table table = TABLE.load(catalog.catalog());
            while (dataFiles(table) > 8 || offsets().size() < 12) {
                // What lost against maintenance is committed with the next checkpoint. The wait ends with the test's.
                committer.notifyOfCompletedCheckpoint(100);
                table.refresh();
            }
        }
        assertThat(offsets()).isEqualTo(LongStream.range(0, 12).boxed().toList());
    }

    private static long dataFiles(Table table) throws Exception {
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            return StreamSupport.stream(tasks.spliterator(), false).count();
        }
    }

    @Test
    void whatIsErasedIsInNoFileAndTheRestStays() throws Exception {
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null);
                LakeCatalog.Opened catalog = lake.open()) {
            for (int i = 0; i < 4; i++) {
                commit(writer, committer, i);
            }
            Table table = TABLE.load(catalog.catalog());
            LakeErasure erasure =
                    new LakeErasure(table, Expressions.equal("offset", 2L), Set.of("topic", "offset", "at"));

            assertThat(erasure.find()).isEqualTo(new LakeErasure.Found(1, 1));
            assertThat(erasure.erase()).isEqualTo(new LakeErasure.Found(1, 1));

            assertThat(rows())
                    .filteredOn(row -> row.name() == null)
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.offset()).isEqualTo(2);
                        assertThat(row.headers()).isNull();
                        assertThat(row.bytes()).isNull();
                    });
            assertThat(rows()).filteredOn(row -> row.name() != null).hasSize(3);
            assertThat(table.snapshots()).hasSize(1);
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                        .hasSize(4);
            }
            commit(writer, committer, 4);
            assertThat(offsets()).hasSize(5);
        }
    }

    @Test
    void viewsThatSayLessAreMadeAnew() throws Exception {
        LakePositions.of(lake, DeclaredTables.FIGURES);
        try (LakeCatalog.Opened catalog = lake.open()) {
            ViewCatalog views = (ViewCatalog) catalog.catalog();
            TableIdentifier tasks = TableIdentifier.of("analytics", "tasks");
            String query = views.loadView(tasks).sqlFor("trino").sql();
            views.buildView(tasks)
                    .withSchema(views.loadView(tasks).schema())
                    .withDefaultNamespace(tasks.namespace())
                    .withQuery("trino", "SELECT 1")
                    .withQuery("spark", "SELECT 1")
                    .replace();

            FigureViews.ensure(catalog.catalog());

            assertThat(views.loadView(tasks).sqlFor("trino").sql()).isEqualTo(query);
        }
        for (FigureTable table : FigureTable.values()) {
            for (FigureViews.Dialect dialect : FigureViews.Dialect.values()) {
                assertThat(FigureViews.query(table, dialect)).contains("figure_table = '" + table.tableName() + "'");
            }
        }
    }

    @Test
    void rowsAreAppendedAndFilesOfThisMachineGo() throws Exception {
        try (LakeCatalog.Opened catalog = lake.open()) {
            LakeRows.append(catalog.catalog(), TABLE, List.of(row(7, -1)));
        }
        assertThat(offsets()).containsExactly(7L);
        Path file = Files.writeString(directory.resolve("file"), "x");
        try (LocalFiles files = new LocalFiles()) {
            assertThat(files.newInputFile(file.toString()).getLength()).isEqualTo(1);
            files.deleteFile(file.toString());
            files.deleteFile(file.toString());
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void rowsOfThousandsOfDaysAreNotThousandsOfOpenFiles() throws Exception {
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            // A row each 11 hours.
            write(writer, 0, 700);
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.filter(LakeCommitTest::isWhole).count())
                        .as("files that were closed before a checkpoint asked for it")
                        .isGreaterThanOrEqualTo(256);
            }
            handOver(writer, committer, 1);
            committer.notifyOfCompletedCheckpoint(1);
        }
        assertThat(offsets()).hasSize(700);
    }

    /** Parquet files end as they begin. */
    private static boolean isWhole(Path file) {
        try {
            byte[] bytes = file.toString().endsWith(".parquet") ? Files.readAllBytes(file) : new byte[0];
            return bytes.length > 8 && new String(bytes, bytes.length - 4, 4, StandardCharsets.US_ASCII).equals("PAR1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void commitsGoOnDuringMaintenance() throws Exception {
        ExecutorService maintaining = Executors.newSingleThreadExecutor();
        try (OneInputStreamOperatorTestHarness<Row, LakeFiles> writer = writer();
                OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer = committer(null)) {
            AtomicBoolean over = new AtomicBoolean();
            Future<Long> compacted = maintaining.submit(() -> {
                long files = 0;
                while (!over.get()) {
                    try (LakeCatalog.Opened own = lake.open()) {
                        files += new TableMaintenance(
                                        new TableMaintenance.Plan(Duration.ofMinutes(1), Duration.ofDays(1)))
                                .run(TABLE.load(own.catalog()))
                                .compacted();
                    } catch (CommitFailedException e) {
                        // It lost against commits, and is tried again, as a committer does.
                    }
                }
                return files;
            });
            for (int i = 0; i < 60; i++) {
                commit(writer, committer, i);
            }
            over.set(true);

            assertThat(compacted.get()).isPositive();
            // What a conflict left waits for the next checkpoint.
            commit(writer, committer, 60);
            assertThat(offsets()).isEqualTo(LongStream.range(0, 61).boxed().toList());
        } finally {
            maintaining.shutdownNow();
        }
    }

    private static void commit(
            OneInputStreamOperatorTestHarness<Row, LakeFiles> writer,
            OneInputStreamOperatorTestHarness<LakeFiles, SourcePosition> committer,
            int offset)
            throws Exception {
        // All of one day.
        Row row = row(0, -1);
        writer.processElement(new StreamRecord<>(new Row(
                row.topic(), offset, row.at(), row.name(), row.headers(), row.bytes(), row.number(), offset - 1L)));
        handOver(writer, committer, offset + 1L);
        committer.notifyOfCompletedCheckpoint(offset + 1L);
    }
}
