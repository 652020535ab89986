package io.millrace.bench.recovery;

import io.millrace.bench.feed.Probe;
import io.millrace.bench.feed.TaskFeed;
import io.millrace.bench.meter.DiskUsage;
import io.millrace.bench.meter.Figures;
import io.millrace.bench.meter.JsonTimes;
import io.millrace.bench.meter.TopicLog;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.schema.wire.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/** Grows the job's state, then kills its TaskManager under load, and reads from the log of views when it was back. */
public final class RecoveryRun {
    private static final int PARTITIONS = 4;
    private static final int LINGER_MILLIS = 20;
    private static final int DESCRIPTION_CHARS = 9_000;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .";
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Duration SETTLE = Duration.ofSeconds(5);

    /** Checkpoints delay views by some tenths of a second. */
    private static final long NORMAL_MILLIS = 1_000;

    private static final long QUIET_MILLIS = 3_000;
    private static final long LOOK_EVERY_MILLIS = 500;

    private final RecoverySettings settings;
    private final Figures figures;
    private final KafkaBroker broker;
    private final JobProcesses job;

    private RecoveryRun(RecoverySettings settings, Figures figures, KafkaBroker broker, JobProcesses job) {
        this.settings = settings;
        this.figures = figures;
        this.broker = broker;
        this.job = job;
    }

    /** Starts broker, cluster and job, grows the state, and kills as often as there are rounds. */
    public static void run(RecoverySettings settings, Figures figures) throws Exception {
        Path directory = Files.createTempDirectory("millrace-bench");
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start()) {
            try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
                topics.ensureTaskTopics(PARTITIONS);
            }
            List<String> arguments = List.of("--kafka.bootstrap-servers", broker.bootstrapServers());
            try (JobProcesses job = new JobProcesses(directory.resolve("flink"), settings, arguments)) {
                new RecoveryRun(settings, figures, broker, job).run();
            }
        } finally {
            DiskUsage.delete(directory);
        }
    }

    private void run() throws Exception {
        try (TopicLog views = new TopicLog(broker.bootstrapServers(), Topics.TASK_UPDATES)) {
            grow(views);
            if (settings.standby()) {
                job.startTaskManager();
            }
            for (int round = 1; round <= settings.rounds(); round++) {
                Outage outage = kill(views, round);
                System.err.printf(
                        Locale.ROOT,
                        "  round %d: first view after %,d ms, caught up after %,d ms%n",
                        round,
                        outage.firstOutMillis(),
                        outage.caughtUpMillis());
                figures.add("recovery_first_out_ms", outage.firstOutMillis());
                figures.add("recovery_drain_ms", outage.drainMillis());
                figures.add("recovery_caught_up_ms", outage.caughtUpMillis());
            }
        }
    }

    private void grow(TopicLog views) throws Exception {
        int tasks = (int) (settings.stateBytes() / DESCRIPTION_CHARS);
        System.err.printf(Locale.ROOT, "publishing %,d tasks with %,d characters each …%n", tasks, DESCRIPTION_CHARS);
        SplittableRandom random = new SplittableRandom(1);
        long due = System.currentTimeMillis() + Duration.ofDays(30).toMillis();
        try (TaskFeed feed = new TaskFeed(broker.bootstrapServers(), Topics.TASK_EVENTS, LINGER_MILLIS)) {
            for (int i = 0; i < tasks; i++) {
                feed.publish("u-" + i, "t-" + i, "A task with a long description", description(random), due);
            }
        }
        views.await(tasks, LIMIT);
        job.awaitCheckpoints(2);
        long bytes = DiskUsage.bytes(job.checkpoints());
        System.err.printf(Locale.ROOT, "  checkpoints take %,d MB%n", bytes >> 20);
        figures.add("recovery_checkpoint_bytes", bytes);
    }

    private static String description(SplittableRandom random) {
        StringBuilder text = new StringBuilder(DESCRIPTION_CHARS);
        while (text.length() < DESCRIPTION_CHARS) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private Outage kill(TopicLog log, int round) throws Exception {
        Map<TopicPartition, Long> from = log.ends();
        List<Outage.View> views = new ArrayList<>();
        try (Probe load = new Probe(broker.bootstrapServers(), Topics.TASK_EVENTS, settings.perSecond())) {
            TimeUnit.MILLISECONDS.sleep(SETTLE.toMillis());
            job.awaitCheckpoints(1);
            System.err.printf(Locale.ROOT, "  round %d: kill -9 after %,d tasks …%n", round, load.published());
            long killedAt = System.currentTimeMillis();
            job.killTaskManager();
            if (!settings.standby()) {
                job.startTaskManager();
            }
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (!Outage.isOver(views, killedAt, NORMAL_MILLIS, QUIET_MILLIS)) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("views are still late " + LIMIT.toSeconds() + " s after the kill");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
                Map<TopicPartition, Long> next = log.ends();
                log.read(
                        from,
                        next,
                        view -> views.add(new Outage.View(
                                view.timestamp(), view.timestamp() - JsonTimes.millis(view.value(), "updated_at"))));
                from = next;
            }
            job.requireRestores(round);
            if (settings.standby() && round < settings.rounds()) {
                job.startTaskManager();
            }
            return Outage.of(views, killedAt, NORMAL_MILLIS);
        }
    }
}
