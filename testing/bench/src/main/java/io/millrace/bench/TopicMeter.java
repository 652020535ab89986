package io.millrace.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Measures how fast a topic grows, by its end offsets. */
final class TopicMeter implements AutoCloseable {
    private static final double MEASURED_FROM = 0.3;
    private static final double MEASURED_TO = 0.95;
    private static final long LOOK_EVERY_MILLIS = 50;

    private final Admin admin;
    private final int partitions;

    TopicMeter(String bootstrapServers, int partitions) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        this.admin = Admin.create(properties);
        this.partitions = partitions;
    }

    /**
     * How a topic grew.
     *
     * @param share of what it was to grow to
     * @param cpuNanos CPU time spent meanwhile
     */
    record Growth(double share, double seconds, double cpuNanos) {}

    /**
     * Waits until the topic has all it is to have; the growth from 30 % to 95 % is measured, what comes before is the start.
     *
     * @param cpuNanos CPU time so far
     * @throws TimeoutException when it takes longer than {@code limit}
     */
    Growth measure(String topic, long expected, Duration limit, LongSupplier cpuNanos, DoubleConsumer progress)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        long from = 0;
        long fromCount = -1;
        long fromCpu = 0;
        Growth growth = null;
        long count;
        while ((count = size(topic)) < expected) {
            long now = System.nanoTime();
            if (now > deadline) {
                throw new TimeoutException(
                        topic + " has " + count + " of " + expected + " records after " + limit.toSeconds() + " s");
            }
            long cpu = cpuNanos.getAsLong();
            if (fromCount < 0 && count >= expected * MEASURED_FROM) {
                from = now;
                fromCount = count;
                fromCpu = cpu;
            } else if (growth == null && fromCount >= 0 && count >= expected * MEASURED_TO) {
                growth = new Growth((count - fromCount) / (double) expected, (now - from) / 1e9, cpu - fromCpu);
            }
            progress.accept((double) count / expected);
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        if (growth == null) {
            throw new IllegalStateException(topic + " was full before it could be measured: give more events");
        }
        return growth;
    }

    /** Waits until the topic has that many records. */
    void await(String topic, long expected, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (size(topic) < expected) {
            if (System.nanoTime() >= deadline) {
                throw new TimeoutException(topic + " has fewer than " + expected + " records");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    long size(String topic) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            request.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        return admin.listOffsets(request).all().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    /** Deletes a topic, and those whose names begin with its name and a hyphen. */
    void delete(String topic) throws ExecutionException, InterruptedException {
        List<String> names = new ArrayList<>(admin.listTopics().names().get());
        names.removeIf(name -> !name.equals(topic) && !name.startsWith(topic + "-"));
        admin.deleteTopics(names).all().get();
    }

    @Override
    public void close() {
        admin.close();
    }
}
