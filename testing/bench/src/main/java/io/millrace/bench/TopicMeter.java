package io.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Measures how fast a topic grows, by its end offsets. */
final class TopicMeter implements AutoCloseable {
    private static final double WARM_UP = 0.3;
    private static final double MEASURED_TO = 0.95;
    /** A broker does not announce the growth of a topic; a look costs it a request, and a measurement takes seconds. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(50);

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Admin admin;

    TopicMeter(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        admin = Admin.create(properties);
    }

    /**
     * How a topic grew.
     *
     * @param perSecond records per second
     * @param cpuMicros CPU time of this process per record, broker included, in microseconds
     */
    record Growth(double perSecond, double cpuMicros) {}

    /**
     * The growth between 30 % and 95 % of the expected number; what comes before is warm-up.
     *
     * @throws TimeoutException when it takes longer than {@code limit}
     */
    Growth measure(String topic, int partitions, long expected, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        long from = -1;
        long fromCount = 0;
        long fromCpu = 0;
        while (System.nanoTime() < deadline) {
            long count = size(topic, partitions);
            long now = System.nanoTime();
            if (from < 0 && count >= expected * WARM_UP) {
                from = now;
                fromCount = count;
                fromCpu = PROCESS.getProcessCpuTime();
            }
            if (count >= expected * MEASURED_TO) {
                double records = count - fromCount;
                return new Growth(
                        records * 1e9 / (now - from), (PROCESS.getProcessCpuTime() - fromCpu) / 1e3 / records);
            }
            Thread.sleep(LOOK_AGAIN_AFTER.toMillis());
        }
        throw new TimeoutException(topic + " has " + size(topic, partitions) + " of " + expected + " records after "
                + limit.toSeconds() + " s");
    }

    /** Waits until the topic has that many records. */
    void await(String topic, int partitions, long expected, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (size(topic, partitions) < expected) {
            if (System.nanoTime() >= deadline) {
                throw new TimeoutException(topic + " has fewer than " + expected + " records");
            }
            Thread.sleep(LOOK_AGAIN_AFTER.toMillis());
        }
    }

    long size(String topic, int partitions) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> request = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            request.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        return admin.listOffsets(request).all().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
