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
    /** A broker does not announce the growth of a topic; a look costs it a request, and a measurement takes seconds. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(50);

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
     * Waits until the topic has all it is to have; the growth from 30 % to 95 % is measured, what comes before is the
     * start.
     *
     * @param cpuNanos CPU time so far
     * @throws TimeoutException when it takes longer than {@code limit}
     */
    Growth measure(String topic, long expected, Duration limit, LongSupplier cpuNanos, DoubleConsumer progress)
            throws ExecutionException, InterruptedException, TimeoutException {
        Sample from = await(topic, Math.round(expected * MEASURED_FROM), expected, limit, cpuNanos, progress);
        Sample to = await(topic, Math.round(expected * MEASURED_TO), expected, limit, cpuNanos, progress);
        await(topic, expected, expected, limit, cpuNanos, progress);
        if (to.count() == from.count()) {
            throw new IllegalStateException(topic + " was full before it could be measured: give more events");
        }
        return new Growth(
                (to.count() - from.count()) / (double) expected,
                (to.nanos() - from.nanos()) / 1e9,
                to.cpuNanos() - from.cpuNanos());
    }

    /** Waits until the topic has that many records. */
    void await(String topic, long expected, Duration limit, DoubleConsumer progress)
            throws ExecutionException, InterruptedException, TimeoutException {
        await(topic, expected, expected, limit, () -> 0, progress);
    }

    private record Sample(long count, long nanos, long cpuNanos) {}

    private Sample await(
            String topic, long count, long expected, Duration limit, LongSupplier cpuNanos, DoubleConsumer progress)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Sample sample = new Sample(size(topic), System.nanoTime(), cpuNanos.getAsLong());
            progress.accept((double) sample.count() / expected);
            if (sample.count() >= count) {
                return sample;
            }
            if (sample.nanos() > deadline) {
                throw new TimeoutException(topic + " has " + sample.count() + " of " + expected + " records after "
                        + limit.toSeconds() + " s");
            }
            Thread.sleep(LOOK_AGAIN_AFTER.toMillis());
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
        admin.close(Duration.ZERO);
    }
}
