package io.millrace.bench;

import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.Figures;
import io.millrace.bench.workflows.WorkflowsRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The workflows job and the agents job: how long runs and approvals take, and how many runs there are to a second. */
@Command(name = "workflows", description = "The workflows job with the agents job: latency, rate and waiting runs.")
final class WorkflowsBench extends Benchmark {
    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            converter = Positive.class,
            description = "Runs per second whose latency is measured; default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            converter = Positive.class,
            description = "For how long; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5000",
            converter = Positive.class,
            description = "Runs that are started at once; default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--waiting",
            paramLabel = "N",
            defaultValue = "100000",
            converter = Positive.class,
            description = "Runs that wait for approval; default: ${DEFAULT-VALUE}.")
    private int waiting;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            converter = Positive.class,
            description = "How often the rate is measured; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of Flink; checkpoints are taken every 10 s unless it says otherwise.")
    private Map<String, String> flink = new HashMap<>();

    @Override
    Report measure() throws Exception {
        Progress progress = new Progress();
        Figures figures = new Figures();
        flink.putIfAbsent("execution.checkpointing.interval", "10 s");
        flink.putIfAbsent("state.backend.type", "rocksdb");
        Path directory = Files.createTempDirectory("millrace-bench-workflows-");
        try (WorkflowsRun run = new WorkflowsRun(directory, flink, progress::say)) {
            run.latency(rate, Duration.ofSeconds(seconds), figures);
            for (int round = 0; round < rounds; round++) {
                run.throughput(runs, round, figures);
            }
            run.approvals(waiting, Math.min(waiting, rate * seconds), rate, figures);
        } finally {
            DiskUsage.delete(directory);
        }
        Report report = new Report("workflows");
        report.setting("rate", rate);
        report.setting("runs", runs);
        report.setting("waiting", waiting);
        figures.forEach(report::figure);
        return report;
    }
}
