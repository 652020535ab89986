package io.millrace.bench;

import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.Figures;
import io.millrace.bench.rollout.RolloutRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The rollout job: how many signals it counts, and how soon a flag is as the evidence, or somebody, wants it. */
@Command(
        name = "rollout",
        description = "The rollout job: signals per second, and the time until a flag is taken back.")
final class RolloutBench extends Benchmark {
    @Option(
            names = "--signals",
            paramLabel = "N",
            defaultValue = "1000000",
            converter = Positive.class,
            description = "Signals of one request each that are counted; default: ${DEFAULT-VALUE}.")
    private int signals;

    @Option(
            names = "--flags",
            paramLabel = "N",
            defaultValue = "200",
            converter = Positive.class,
            description = "Flags, each with a roll-out; at most 250; default: ${DEFAULT-VALUE}.")
    private int flags;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            converter = Positive.class,
            description = "How often the rate is measured, after a round that is not; default: ${DEFAULT-VALUE}.")
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
        Path directory = Files.createTempDirectory("millrace-bench-rollout-");
        try (RolloutRun run = new RolloutRun(directory, flink, progress::say)) {
            run.rate(signals, flags, 0, new Figures());
            for (int round = 1; round <= rounds; round++) {
                run.rate(signals, flags, round, figures);
            }
            run.latency(flags, figures);
        } finally {
            DiskUsage.delete(directory);
        }
        Report report = new Report("rollout");
        report.setting("signals", signals);
        report.setting("flags", flags);
        figures.forEach(report::figure);
        return report;
    }
}
