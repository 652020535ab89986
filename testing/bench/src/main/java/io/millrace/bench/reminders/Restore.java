package io.millrace.bench.reminders;

import io.millrace.bench.feed.Probe;
import io.millrace.bench.meter.JsonTimes;
import io.millrace.bench.meter.Percentiles;
import io.millrace.bench.meter.TopicLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;

/**
 * Stops the job with a savepoint, lets reminders become overdue, and starts it again: how long it takes until the first
 * is sent, and all, and what probe records and checkpoints see meanwhile.
 */
final class Restore {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long MARGIN_MILLIS = 5_000;
    private static final double PROBES_PER_SECOND = 500;

    private final TasksContestant job;
    private final Trial trial;
    private final String bootstrapServers;

    Restore(TasksContestant job, Trial trial, String bootstrapServers) {
        this.job = job;
        this.trial = trial;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * What was seen.
     *
     * @param toFirstMillis from the submission of the job to the log time of the first reminder
     * @param drainMillis from the log time of the first reminder to that of the last
     * @param probes from a record's log time to that of its view, for records that came during the drain; null when
     *     none did
     * @param checkpoints how many were triggered and completed during the drain
     * @param longestCheckpointMillis 0 when there was none
     */
    record Outcome(
            long toFirstMillis, long drainMillis, Percentiles probes, int checkpoints, long longestCheckpointMillis) {}

    Outcome run(int overdue) throws Exception {
        long start = System.nanoTime();
        job.cluster().fullCheckpoint();
        long stopMillis = 2 * TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + MARGIN_MILLIS;
        try (TopicLog reminders = new TopicLog(bootstrapServers, job.output());
                TopicLog updates = new TopicLog(bootstrapServers, job.updates())) {
            Map<TopicPartition, Long> from = reminders.ends();
            long before = reminders.size();
            Batch batch = trial.arm("overdue", overdue, overdue, stopMillis);
            String savepoint = job.cluster().stop();
            if (reminders.size() > before || System.currentTimeMillis() > batch.firstDue()) {
                throw new IllegalStateException("the job was not stopped before the first reminder was due");
            }
            TimeUnit.MILLISECONDS.sleep(batch.lastDue() - System.currentTimeMillis());
            Map<TopicPartition, Long> updatesFrom = updates.ends();
            System.err.printf(Locale.ROOT, "  restoring with %,d overdue …%n", overdue);
            long submitted = System.currentTimeMillis();
            job.start(savepoint);
            try (Probe ignored = new Probe(bootstrapServers, job.events(), PROBES_PER_SECOND)) {
                reminders.await(before + overdue, LIMIT);
            }
            job.cluster().requireRunning();
            SentReminders sent = SentReminders.read(reminders, from, overdue);
            long[] checkpoints = job.cluster().checkpointMillis(sent.firstAt(), sent.lastAt());
            Outcome outcome = new Outcome(
                    sent.firstAt() - submitted,
                    sent.lastAt() - sent.firstAt(),
                    probes(updates, updatesFrom, sent),
                    checkpoints.length,
                    Arrays.stream(checkpoints).max().orElse(0));
            System.err.printf(
                    Locale.ROOT,
                    "  first after %,d ms, all within %,d ms more; records took %s ms; %d checkpoints, up to %,d ms%n",
                    outcome.toFirstMillis(),
                    outcome.drainMillis(),
                    outcome.probes(),
                    outcome.checkpoints(),
                    outcome.longestCheckpointMillis());
            return outcome;
        }
    }

    private static Percentiles probes(TopicLog updates, Map<TopicPartition, Long> from, SentReminders sent) {
        LongStream.Builder latencies = LongStream.builder();
        updates.read(from, view -> {
            long at = JsonTimes.millis(view.value(), "updated_at");
            if (at >= sent.firstAt()
                    && at <= sent.lastAt()
                    && new String(view.value(), StandardCharsets.UTF_8).contains(Probe.TASK)) {
                latencies.add(view.timestamp() - at);
            }
        });
        long[] values = latencies.build().toArray();
        return values.length == 0 ? null : Percentiles.of(values);
    }
}
