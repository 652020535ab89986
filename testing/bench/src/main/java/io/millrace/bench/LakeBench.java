package io.millrace.bench;

import io.millrace.bench.meter.DiskUsage;
import io.millrace.connectors.lakehouse.DeclaredTables;
import io.millrace.connectors.lakehouse.LakeCatalog;
import io.millrace.contestants.ContestantProcess;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The audit job beside a job that writes the same rows to plain Parquet files; a day's table, and queries on it. */
@Command(
        name = "lake",
        description =
                "The audit job beside a job that writes the same rows to plain Parquet files; queries on its table.")
final class LakeBench extends Benchmark {
    private static final int PARTITIONS = 4;
    private static final int SEED = 1;
    private static final String BROKER_HEAP = "1g";
    private static final String JOB_HEAP = "3g";
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration QUERY_LIMIT = Duration.ofMinutes(5);
    private static final String NO_MAINTENANCE = "0 s";
    private static final Duration MAINTENANCE = Duration.ofSeconds(30);

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "2000000",
            converter = Positive.class,
            description = "Events that each job writes; default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "How often each job is measured, after one round that is not; 0 for never; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            converter = Positive.class,
            description = "Slots of Flink; default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Rows of the table that is queried; 0 for no queries; default: ${DEFAULT-VALUE}.")
    private int rows;

    private final Progress progress = new Progress();

    @Override
    Report measure() throws Exception {
        Report report = new Report("lake");
        report.setting("events", events);
        report.setting("rounds", rounds);
        report.setting("slots", slots);
        report.setting("rows", rows);
        Path directory = Files.createTempDirectory("millrace-bench");
        try (ChildJvm broker = ChildJvm.start(
                "broker",
                System.getProperty("java.class.path"),
                BROKER_HEAP,
                BrokerProcess.class.getName(),
                List.of(directory.resolve("kafka").toString()))) {
            String kafka = broker.answer();
            if (rounds > 0) {
                race(kafka, directory, report);
            }
            if (rows > 0) {
                day(kafka, directory, report);
            }
        } finally {
            DiskUsage.delete(directory);
        }
        return report;
    }

    /** @return the bytes of the events */
    private long fill(String kafka, String topic, int count) throws Exception {
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.ensure(List.of(
                    TopicSpec.logAppended(topic, PARTITIONS), TopicSpec.logAppended(Topics.AUDIT_ANCHORS, PARTITIONS)));
        }
        TaskEvents made = new TaskEvents(StreamShape.LIFECYCLE, SEED, System.currentTimeMillis());
        new EventPublisher(kafka).publish(made, topic, count, share -> progress.percent(topic, share));
        long bytes = made.bytes();
        progress.say("%,d events, %,d bytes each, are in %s", count, bytes / count, topic);
        return bytes;
    }

    private void race(String kafka, Path directory, Report report) throws Exception {
        String topic = Topics.TASK_EVENTS;
        long bytes = fill(kafka, topic, events);
        Map<String, List<CommittedRows.Pace>> paces = new LinkedHashMap<>();
        List<Double> stored = new ArrayList<>();
        List<String> names = List.of(LakeContestant.AUDIT, LakeContestant.PARQUET);
        Map<String, ChildJvm> processes = new LinkedHashMap<>();
        try {
            for (int round = 0; round <= rounds; round++) {
                for (int i = 0; i < names.size(); i++) {
                    // Each in its turn comes first: what one leaves to the disk, the next one waits for.
                    String name = names.get((i + round) % names.size());
                    ChildJvm process = processes.computeIfAbsent(name, job -> start(kafka, job, NO_MAINTENANCE));
                    Path files = Files.createDirectory(directory.resolve(name + "-" + round));
                    CommittedRows.Pace pace = run(kafka, process, topic, files, events);
                    if (name.equals(LakeContestant.AUDIT)) {
                        Map<String, String> table = summary(files);
                        requireRows(table, events);
                        stored.add(bytesOf(table) / (double) bytes);
                    }
                    DiskUsage.delete(files);
                    progress.say(
                            "%-14s %-8s %,10.0f rows/s  %5.1f µs CPU/row",
                            round == 0 ? "warm-up" : "round " + round + " of " + rounds,
                            name,
                            pace.perSecond(),
                            pace.cpuNanos() / 1000);
                    if (round > 0) {
                        paces.computeIfAbsent(name, job -> new ArrayList<>()).add(pace);
                    }
                }
            }
        } finally {
            processes.values().forEach(ChildJvm::close);
        }
        List<CommittedRows.Pace> audit = paces.get(LakeContestant.AUDIT);
        List<CommittedRows.Pace> parquet = paces.get(LakeContestant.PARQUET);
        paces.forEach((name, each) -> {
            report.figure(
                    name + "_rows_per_s",
                    each.stream().map(CommittedRows.Pace::perSecond).toList());
            report.figure(
                    name + "_cpu_us_per_row",
                    each.stream().map(pace -> pace.cpuNanos() / 1000).toList());
        });
        report.figure("stored_by_json_bytes", stored);
        report.ratio("audit_vs_parquet", ratios(audit, parquet, false));
        report.ratio("audit_vs_parquet_per_core", ratios(audit, parquet, true));
    }

    private static List<Double> ratios(
            List<CommittedRows.Pace> audit, List<CommittedRows.Pace> parquet, boolean perCore) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < audit.size(); i++) {
            ratios.add(
                    perCore
                            ? parquet.get(i).cpuNanos() / audit.get(i).cpuNanos()
                            : audit.get(i).perSecond() / parquet.get(i).perSecond());
        }
        return ratios;
    }

    private ChildJvm start(String kafka, String job, String maintenance) {
        return ChildJvm.start(
                job,
                System.getProperty("java.class.path"),
                JOB_HEAP,
                LakeContestant.class.getName(),
                List.of(kafka, Integer.toString(slots), job, maintenance));
    }

    private CommittedRows.Pace run(String kafka, ChildJvm process, String topic, Path files, int expected)
            throws Exception {
        String group = files.getFileName().toString();
        begin(process, topic, group, files);
        try (CommittedRows rows = new CommittedRows(kafka, group)) {
            return rows.await(expected, LIMIT, process::cpuNanos, share -> progress.percent(group, share));
        } finally {
            end(process);
        }
    }

    private static void begin(ChildJvm process, String topic, String group, Path files) {
        process.ask(ContestantProcess.START + " " + topic + " " + group + " " + files, ContestantProcess.STARTED);
    }

    private static void end(ChildJvm process) {
        process.ask(ContestantProcess.STOP, ContestantProcess.STOPPED);
    }

    private void day(String kafka, Path directory, Report report) throws Exception {
        String topic = "day-" + Topics.TASK_EVENTS;
        long bytes = fill(kafka, topic, rows);
        Path files = Files.createDirectory(directory.resolve("day"));
        try (ChildJvm process = start(kafka, LakeContestant.AUDIT, MAINTENANCE.toSeconds() + " s")) {
            begin(process, topic, "day", files);
            try (CommittedRows committed = new CommittedRows(kafka, "day")) {
                committed.await(rows, LIMIT, process::cpuNanos, share -> progress.percent("day", share));
            }
            awaitMaintenance(files);
            end(process);
        }
        Map<String, String> table = summary(files);
        requireRows(table, rows);
        report.figure("day_files", List.of(Double.valueOf(table.get("total-data-files"))));
        report.figure("day_stored_by_json_bytes", List.of(bytesOf(table) / (double) bytes));
        progress.say("%,d rows in %s files of %,d bytes", rows, table.get("total-data-files"), bytesOf(table));
        query(files, report);
    }

    /** Until it ran twice after the last row and had nothing more to do. */
    private void awaitMaintenance(Path files) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        String before = "";
        String now = summary(files).get("total-data-files");
        while (!now.equals(before)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("maintenance finds no end");
            }
            // Its interval is what is waited for: a run that finds nothing to do leaves no other trace.
            Thread.sleep(2 * MAINTENANCE.toMillis());
            before = now;
            now = summary(files).get("total-data-files");
        }
    }

    private void query(Path files, Report report) throws Exception {
        Path queries = Path.of(System.getProperty("millrace.home", "."), "docs", "examples", "sql");
        List<Path> all;
        try (Stream<Path> listed = Files.list(queries)) {
            all = listed.filter(file -> file.toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
        for (Path file : all) {
            // Those of figures have none here to look at.
            if (Files.readString(file).contains("audit.events")) {
                List<Double> seconds = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    seconds.add(ask(files, file));
                }
                String name = file.getFileName().toString().replace(".sql", "");
                progress.say("%-40s %.2f s", name, Report.median(seconds));
                report.figure("query_" + name.replace('-', '_') + "_s", seconds);
            }
        }
    }

    /** As a user does: a command of its own, from its start to its end. */
    private static double ask(Path files, Path query) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.millrace.lake.Main",
                        "sql",
                        "--data-dir",
                        files.toString(),
                        "--file",
                        query.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(QUERY_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(query + " has no answer within " + QUERY_LIMIT.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(query + " failed; what it said is above");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /** What the table's newest snapshot says of it. */
    private static Map<String, String> summary(Path files) throws IOException {
        try (LakeCatalog.Opened opened =
                LakeCatalog.local(files.resolve("lake")).open()) {
            Snapshot snapshot = DeclaredTables.EVENTS.load(opened.catalog()).currentSnapshot();
            return snapshot == null ? Map.of() : snapshot.summary();
        }
    }

    private static long bytesOf(Map<String, String> table) {
        return Long.parseLong(table.get("total-files-size"));
    }

    private static void requireRows(Map<String, String> table, int expected) {
        if (!Integer.toString(expected).equals(table.get("total-records"))) {
            throw new IllegalStateException(
                    "the table has " + table.get("total-records") + " rows, not " + expected + ": " + table);
        }
    }
}
