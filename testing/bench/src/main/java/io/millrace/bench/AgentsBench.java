package io.millrace.bench;

import io.millrace.bench.agents.AgentsRun;
import io.millrace.bench.agents.CacheRun;
import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The agents job: calls in flight, what the platform adds to a call, a slow neighbour, and kept answers beside a copy.
 */
@Command(
        name = "agents",
        description =
                "The agents job: calls in flight, its own latency, a slow neighbour, and its cache beside a copy job.")
final class AgentsBench extends Benchmark {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Option(
            names = "--flight",
            paramLabel = "N",
            defaultValue = "2000",
            converter = Positive.class,
            description = "Calls of a second each that are in flight together; default: ${DEFAULT-VALUE}.")
    private int flight;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            converter = Positive.class,
            description = "Calls per second whose latency is measured; default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            converter = Positive.class,
            description = "For how long; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--hits",
            paramLabel = "N",
            defaultValue = "400000",
            converter = Positive.class,
            description = "Calls that are answered from the cache; default: ${DEFAULT-VALUE}.")
    private int hits;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            converter = Positive.class,
            description = "How often flights and hits are measured; default: ${DEFAULT-VALUE}.")
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
        Path directory = Files.createTempDirectory("millrace-bench-agents-");
        try {
            try (AgentsRun run = new AgentsRun(directory.resolve("calls"), flink, progress::say)) {
                for (int round = 0; round < rounds; round++) {
                    run.flight(flight, round, figures);
                }
                run.overhead(rate, Duration.ofSeconds(seconds), figures);
                run.neighbour(rate / 5, Duration.ofSeconds(seconds), figures);
            }
            Report report = new Report("agents");
            report.setting("flight", flight);
            report.setting("rate", rate);
            report.setting("hits", hits);
            figures.forEach(report::figure);
            cache(directory.resolve("cache"), progress, report);
            return report;
        } finally {
            DiskUsage.delete(directory);
        }
    }

    private void cache(Path directory, Progress progress, Report report) throws Exception {
        List<Double> hitRates = new ArrayList<>();
        List<Double> copyRates = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (CacheRun run = new CacheRun(directory, flink, hits)) {
            for (int round = 0; round <= rounds; round++) {
                boolean counts = round > 0;
                progress.say(counts ? "cache, round %,d of %,d …" : "cache, warm-up …", round, rounds);
                CacheRun.Rates rates = run.round(AgentsBench::rate, CopyJob::define);
                if (counts) {
                    hitRates.add(rates.hits());
                    copyRates.add(rates.copies());
                    ratios.add(rates.hits() / rates.copies());
                }
            }
        }
        report.figure("cache_hits_per_second", hitRates);
        report.figure("copies_per_second", copyRates);
        report.ratio("cache_hits_vs_copy", ratios);
    }

    private static double rate(String bootstrapServers, String topic, int expected) throws Exception {
        try (TopicMeter meter = new TopicMeter(bootstrapServers, 4)) {
            TopicMeter.Growth growth = meter.measure(topic, expected, LIMIT, () -> 0, share -> {});
            return growth.share() * expected / growth.seconds();
        }
    }
}
