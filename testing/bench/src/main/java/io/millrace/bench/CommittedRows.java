package io.millrace.bench;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/** How far a job is, by what its consumer group has committed: with each of its checkpoints. */
final class CommittedRows implements AutoCloseable {
    /** What comes before is the start. */
    private static final double MEASURED_FROM = 0.1;

    /** A broker does not announce a commit; commits are seconds apart. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(50);

    private final Admin admin;
    private final String group;

    CommittedRows(String bootstrapServers, String group) {
        this.admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.group = group;
    }

    /**
     * @param perSecond rows a second
     * @param cpuNanos CPU time for each
     */
    record Pace(double perSecond, double cpuNanos) {}

    /**
     * Waits until so many were committed; measured is from the first commit of a tenth or more to the last.
     *
     * @param cpuNanos CPU time so far
     * @throws TimeoutException when it takes longer than {@code limit}
     */
    Pace await(long expected, Duration limit, LongSupplier cpuNanos, DoubleConsumer progress) throws Exception {
        long start = System.nanoTime();
        long first = 0;
        long firstNanos = 0;
        long firstCpu = 0;
        while (true) {
            long committed = committed();
            long now = System.nanoTime();
            long cpu = cpuNanos.getAsLong();
            progress.accept((double) committed / expected);
            if (first == 0 && committed >= expected * MEASURED_FROM) {
                first = committed;
                firstNanos = now;
                firstCpu = cpu;
            }
            if (committed >= expected) {
                double rows = committed - first;
                if (rows == 0) {
                    throw new IllegalStateException(group + " was done with its first commits: give more events");
                }
                return new Pace(rows * 1e9 / (now - firstNanos), (cpu - firstCpu) / rows);
            }
            if (now - start > limit.toNanos()) {
                throw new TimeoutException(
                        group + " has " + committed + " of " + expected + " rows after " + limit.toSeconds() + " s");
            }
            Thread.sleep(LOOK_AGAIN_AFTER.toMillis());
        }
    }

    private long committed() throws Exception {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                .filter(offset -> offset != null)
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
