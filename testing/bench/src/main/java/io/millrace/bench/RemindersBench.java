package io.millrace.bench;

import io.millrace.bench.meter.Figures;
import io.millrace.bench.reminders.ContestantName;
import io.millrace.bench.reminders.RemindersRun;
import io.millrace.bench.reminders.RemindersSettings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "reminders",
        description = "Reminders of the tasks job beside db-scheduler on PostgreSQL and a poll once a minute.")
final class RemindersBench extends Benchmark {

    /** What is measured. */
    enum Scenario {
        BURST,
        STEADY,
        PENDING,
        HERD
    }

    @Option(
            names = "--scenarios",
            paramLabel = "NAME",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES}; default: all.")
    private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

    @Option(
            names = "--contestants",
            paramLabel = "NAME",
            split = ",",
            description = "Of ${COMPLETION-CANDIDATES}; default: all.")
    private Set<ContestantName> contestants = EnumSet.allOf(ContestantName.class);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often the burst is measured; default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--burst",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Reminders of a burst for the tasks job; default: ${DEFAULT-VALUE}.")
    private int burst;

    @Option(
            names = "--database-burst",
            paramLabel = "N",
            defaultValue = "100000",
            description = "The same for the others; default: ${DEFAULT-VALUE}.")
    private int databaseBurst;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Steady rate of the tasks job, per second; default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--database-rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "The same for the others; default: half of db-scheduler's burst.")
    private double databaseRate;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Length of a steady rate; default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--pending",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Reminders that stay pending meanwhile; default: ${DEFAULT-VALUE}.")
    private int pending;

    @Option(
            names = "--herd",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Overdue reminders at a restore; default: ${DEFAULT-VALUE}.")
    private int herd;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Reminders before each measurement; default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "50",
            description = "Of db-scheduler, and its connections; default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--poll-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "Interval of the poll; default: ${DEFAULT-VALUE}.")
    private int pollSeconds;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            description = "Parallelism of the tasks job; default: ${DEFAULT-VALUE}.")
    private int slots;

    @Option(
            names = "--checkpoint-seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Interval of the tasks job's checkpoints; default: ${DEFAULT-VALUE}.")
    private int checkpointSeconds;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of Flink's.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    Report measure() throws Exception {
        Figures figures = new Figures();
        try (RemindersRun run = new RemindersRun(settings(), figures)) {
            if (scenarios.contains(Scenario.BURST)) {
                for (int round = 0; round < rounds; round++) {
                    run.burst();
                }
            }
            if (scenarios.contains(Scenario.STEADY)) {
                run.steady();
            }
            if (scenarios.contains(Scenario.PENDING)) {
                run.pending();
            }
            if (scenarios.contains(Scenario.HERD)) {
                run.herd();
            }
        }
        Report report = new Report("reminders");
        figures.forEach(report::figure);
        ratio(report, figures, "reminders_vs_db_scheduler", "db_scheduler_burst_per_second", "tasks_burst_per_second");
        ratio(
                report,
                figures,
                "reminders_vs_db_scheduler_per_core",
                "db_scheduler_burst_per_cpu_second",
                "tasks_burst_per_cpu_second");
        return report;
    }

    private static void ratio(Report report, Figures figures, String name, String than, String of) {
        if (figures.has(than) && figures.has(of)) {
            report.ratio(name, figures.ratio(of, than));
        }
    }

    private RemindersSettings settings() {
        return new RemindersSettings(
                contestants,
                burst,
                databaseBurst,
                rate,
                databaseRate,
                Duration.ofSeconds(seconds),
                pending,
                herd,
                warmUp,
                threads,
                Duration.ofSeconds(pollSeconds),
                slots,
                Duration.ofSeconds(checkpointSeconds),
                settings);
    }
}
