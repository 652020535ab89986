package io.millrace.bench.reminders;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.Figures;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Measures contestants one after the other, each scenario with new topics, tables and state. */
public final class RemindersRun implements AutoCloseable {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double SUSTAINED_SHARE = 0.5;
    private static final int FIRST_AFTER_RESTORE = 1_000;

    private final RemindersSettings settings;
    private final Figures figures;
    private final Path directory;
    private final KafkaBroker broker;
    private final TopicAdmin topics;
    private final Postgres postgres;
    private double databasePerSecond;
    private int runs;

    /** Starts the broker, and PostgreSQL when a contestant needs it. */
    public RemindersRun(RemindersSettings settings, Figures figures) throws Exception {
        this.settings = settings;
        this.figures = figures;
        this.databasePerSecond = settings.databasePerSecond();
        postgres = settings.needsPostgres() ? Postgres.start() : null;
        directory = Files.createTempDirectory("millrace-bench");
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        topics = new TopicAdmin(broker.bootstrapServers());
    }

    /** Broker, clients and Flink are in this process. */
    private long cpuNanos() throws Exception {
        return PROCESS.getProcessCpuTime() + (postgres == null ? 0 : postgres.cpuNanos());
    }

    @FunctionalInterface
    private interface Measurement<C extends Contestant> {
        void run(C contestant, Trial trial) throws Exception;
    }

    private <C extends Contestant> void measure(C contestant, int warmUp, Measurement<C> measurement) throws Exception {
        try (contestant;
                Trial trial = new Trial(contestant, broker.bootstrapServers(), this::cpuNanos)) {
            trial.warmUp(warmUp);
            measurement.run(contestant, trial);
        }
    }

    private TasksContestant tasks() throws Exception {
        return new TasksContestant(
                "tasks-" + ++runs,
                broker.bootstrapServers(),
                topics,
                directory,
                settings.slots(),
                settings.checkpoints(),
                settings.flink());
    }

    private DbScheduler dbScheduler() throws Exception {
        return new DbScheduler(
                "db-scheduler-" + ++runs, postgres, broker.bootstrapServers(), topics, settings.threads());
    }

    private TablePoll cron() throws Exception {
        return new TablePoll("cron-" + ++runs, postgres, broker.bootstrapServers(), topics, settings.pollEvery());
    }

    /** All reminders due within one second: how many are sent per second, and per second of CPU time. */
    public void burst() throws Exception {
        say("burst: all due within one second");
        if (settings.has(ContestantName.TASKS)) {
            measure(
                    tasks(),
                    settings.warmUp(),
                    (job, trial) -> rates(job, trial.run("burst", settings.burst(), settings.burst())));
        }
        if (settings.has(ContestantName.DB_SCHEDULER)) {
            int count = settings.databaseBurst();
            measure(dbScheduler(), databaseWarmUp(), (scheduler, trial) -> {
                Outcome outcome = trial.run("burst", count, count);
                rates(scheduler, outcome);
                if (settings.databasePerSecond() == 0) {
                    databasePerSecond = outcome.perSecond() * SUSTAINED_SHARE;
                }
            });
        }
    }

    private void rates(Contestant contestant, Outcome outcome) {
        figures.add(contestant.name() + "_burst_per_second", outcome.perSecond());
        figures.add(contestant.name() + "_burst_per_cpu_second", outcome.perCpuSecond());
    }

    private int databaseWarmUp() {
        return Math.min(settings.warmUp(), settings.databaseBurst());
    }

    /** Reminders due one after the other: how late they are. */
    public void steady() throws Exception {
        say("steady rate");
        if (settings.has(ContestantName.TASKS)) {
            measure(tasks(), settings.warmUp(), (job, trial) -> steady(job, trial, "steady", settings.perSecond()));
        }
        if (settings.has(ContestantName.DB_SCHEDULER)) {
            measure(
                    dbScheduler(),
                    databaseWarmUp(),
                    (scheduler, trial) -> steady(scheduler, trial, "steady", databaseRate()));
        }
        if (settings.has(ContestantName.CRON)) {
            measure(cron(), databaseWarmUp(), (poll, trial) -> steady(poll, trial, "steady", databaseRate()));
        }
    }

    private double databaseRate() {
        if (databasePerSecond == 0) {
            throw new IllegalStateException("measure the burst of db-scheduler too, or give its steady rate");
        }
        return databasePerSecond;
    }

    private void steady(Contestant contestant, Trial trial, String scenario, double perSecond) throws Exception {
        Outcome outcome =
                trial.run(scenario, (int) (perSecond * settings.steady().toSeconds()), perSecond);
        String name = contestant.name() + "_" + scenario;
        figures.add(name + "_at_per_second", perSecond);
        figures.add(name + "_per_cpu_second", outcome.perCpuSecond());
        figures.addMillis(name + "_late", outcome.lateness());
    }

    /** The steady rate again while many more are pending; what they take on disk, and how long a restore takes. */
    public void pending() throws Exception {
        say(String.format(Locale.ROOT, "steady rate with %,d pending", settings.pending()));
        if (settings.has(ContestantName.TASKS)) {
            measure(tasks(), settings.warmUp(), (job, trial) -> {
                long checkpoint = job.cluster().fullCheckpoint();
                hold(job, trial);
                figures.add(
                        "tasks_checkpoint_bytes_per_pending",
                        (job.cluster().fullCheckpoint() - checkpoint) / (double) settings.pending());
                steady(job, trial, "pending", settings.perSecond());
                Restore.Outcome restore = new Restore(job, trial, broker.bootstrapServers()).run(FIRST_AFTER_RESTORE);
                figures.add("tasks_pending_restore_to_first_ms", restore.toFirstMillis());
            });
        }
        if (settings.has(ContestantName.DB_SCHEDULER)) {
            measure(dbScheduler(), databaseWarmUp(), (scheduler, trial) -> {
                hold(scheduler, trial);
                steady(scheduler, trial, "pending", databaseRate());
            });
        }
    }

    private void hold(Contestant contestant, Trial trial) throws Exception {
        long before = contestant.storedBytes();
        trial.hold(settings.pending());
        figures.add(
                contestant.name() + "_bytes_per_pending",
                (contestant.storedBytes() - before) / (double) settings.pending());
    }

    /** Many overdue reminders at a restore: how long they take, and whether records and checkpoints pass meanwhile. */
    public void herd() throws Exception {
        say(String.format(Locale.ROOT, "restore with %,d overdue", settings.herd()));
        measure(tasks(), settings.warmUp(), (job, trial) -> {
            Restore.Outcome restore = new Restore(job, trial, broker.bootstrapServers()).run(settings.herd());
            figures.add("tasks_herd_to_first_ms", restore.toFirstMillis());
            figures.add("tasks_herd_drain_ms", restore.drainMillis());
            if (restore.probes() != null) {
                figures.addMillis("tasks_herd_probe", restore.probes());
            }
            figures.add("tasks_herd_checkpoints", restore.checkpoints());
            figures.add("tasks_herd_checkpoint_max_ms", restore.longestCheckpointMillis());
        });
    }

    private static void say(String what) {
        System.err.println(what);
    }

    @Override
    public void close() throws Exception {
        topics.close();
        broker.close();
        if (postgres != null) {
            postgres.close();
        }
        DiskUsage.delete(directory);
    }
}
