package io.millrace.bench;

import io.millrace.bench.conversations.OpenRun;
import io.millrace.bench.conversations.TokeniserRun;
import io.millrace.bench.conversations.TurnsRun;
import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The conversations job with those beside it: what a turn takes besides its agents, and what many conversations take. */
@Command(name = "conversations", description = "Turns of customers through all jobs; many open conversations.")
final class ConversationsBench extends Benchmark {
    private static final Duration IDLE = Duration.ofSeconds(20);

    @Option(
            names = "--per-minute",
            paramLabel = "N",
            defaultValue = "1000",
            converter = Positive.class,
            description = "Messages per minute; default: ${DEFAULT-VALUE}.")
    private int perMinute;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "100",
            converter = Positive.class,
            description = "Who write them in turn, each in one conversation; default: ${DEFAULT-VALUE}.")
    private int customers;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            converter = Positive.class,
            description = "For how long, after as long a warm-up; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--open",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Open conversations; 0 for none; default: ${DEFAULT-VALUE}.")
    private int open;

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
        flink.putIfAbsent("taskmanager.memory.managed.size", "512m");
        Path workflow =
                Path.of(System.getProperty("millrace.home", "."), "docs/examples/conversations/customer-turn.yaml");
        TokeniserRun.measure(figures);
        Path directory = Files.createTempDirectory("millrace-bench-conversations-");
        try {
            Path ofTurns = Files.createDirectory(directory.resolve("turns"));
            try (TurnsRun run = new TurnsRun(ofTurns, workflow, flink, progress::say)) {
                run.warmUp(customers, perMinute, Duration.ofSeconds(seconds));
                run.idle(IDLE, figures);
                run.turns(customers, perMinute, Duration.ofSeconds(seconds), figures);
            }
            if (open > 0) {
                Path ofOpen = Files.createDirectory(directory.resolve("open"));
                try (OpenRun run = new OpenRun(ofOpen, flink, progress::say)) {
                    run.measure(open, figures);
                }
            }
        } finally {
            DiskUsage.delete(directory);
        }
        Report report = new Report("conversations");
        report.setting("per_minute", perMinute);
        report.setting("customers", customers);
        report.setting("open", open);
        figures.forEach(report::figure);
        return report;
    }
}
