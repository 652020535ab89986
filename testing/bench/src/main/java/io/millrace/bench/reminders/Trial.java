package io.millrace.bench.reminders;

import io.millrace.bench.meter.TopicLog;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** Arms a contestant with batches and reads from its topic how it sent them. */
final class Trial implements AutoCloseable {
    private static final long MARGIN_MILLIS = 3_000;
    /** Warming up is slower than what comes after, so that no more is needed. */
    private static final double SLOWER = 1.2;

    private static final double COLD_PER_SECOND = 4_000;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Contestant contestant;
    private final CpuTime cpu;
    private final TopicLog output;
    private double armedPerSecond = COLD_PER_SECOND;

    Trial(Contestant contestant, String bootstrapServers, CpuTime cpu) {
        this.contestant = contestant;
        this.cpu = cpu;
        this.output = new TopicLog(bootstrapServers, contestant.output());
    }

    /** CPU time of all processes that take part. */
    @FunctionalInterface
    interface CpuTime {
        long nanos() throws Exception;
    }

    /** A first batch that is not counted; tells how long arming takes. */
    void warmUp(int count) throws Exception {
        run("warm-up", count, count);
    }

    /** Arms with reminders that stay pending: due in a month, evenly over a month. */
    void hold(int count) throws Exception {
        long inAMonth = System.currentTimeMillis() + Duration.ofDays(30).toMillis();
        arm(new Batch(
                "held", count, inAMonth, count / (double) Duration.ofDays(30).toSeconds()));
    }

    /** Arms with a batch of which the first is due soon after, and waits until all are sent. */
    Outcome run(String name, int count, double perSecond) throws Exception {
        Map<TopicPartition, Long> from = output.ends();
        long before = output.size();
        Batch batch = arm(name, count, perSecond, MARGIN_MILLIS);
        long wait = batch.firstDue() - System.currentTimeMillis();
        if (wait < 0) {
            throw new IllegalStateException(contestant.name() + " was armed " + -wait + " ms after the first was due");
        }
        TimeUnit.MILLISECONDS.sleep(wait);
        long cpuBefore = cpu.nanos();
        output.await(before + count, LIMIT.plusMillis(batch.lastDue() - batch.firstDue()));
        double cpuSeconds = (cpu.nanos() - cpuBefore) / 1e9;
        SentReminders sent = SentReminders.read(output, from, count);
        double seconds = (sent.lastAt() - batch.firstDue()) / 1e3;
        Outcome outcome = new Outcome(count / seconds, count / cpuSeconds, sent.lateness());
        System.err.printf(
                Locale.ROOT,
                "  %s, %s: %,d sent, %,.0f/s, %,.0f per CPU second, late by %s ms%n",
                contestant.name(),
                name,
                count,
                outcome.perSecond(),
                outcome.perCpuSecond(),
                outcome.lateness());
        return outcome;
    }

    /** Arms with a batch of which the first is due about {@code marginMillis} after it is armed. */
    Batch arm(String name, int count, double perSecond, long marginMillis) throws Exception {
        long lead = marginMillis + (long) (count * SLOWER * 1e3 / armedPerSecond);
        Batch batch = new Batch(name, count, System.currentTimeMillis() + lead, perSecond);
        arm(batch);
        return batch;
    }

    private void arm(Batch batch) throws Exception {
        System.err.printf(
                Locale.ROOT, "  %s: arming %,d reminders of %s …%n", contestant.name(), batch.count(), batch.name());
        long start = System.nanoTime();
        contestant.arm(batch);
        armedPerSecond = batch.count() * 1e9 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
        output.close();
    }
}
