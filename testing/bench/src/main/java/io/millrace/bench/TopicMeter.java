package io.millrace.bench;

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
    private static final long LOOK_EVERY_MILLIS = 50;

    private final Admin admin;

    TopicMeter(String bootstrapServers) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        admin = Admin.create(properties);
    }

    /**
     * Records per second between 30 % and 95 % of the expected number; what comes before is warm-up.
     *
     * @throws TimeoutException when it takes longer than {@code limit}
     */
    double rate(String topic, int partitions, long expected, Duration limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        long from = -1;
        long fromCount = 0;
        while (System.nanoTime() < deadline) {
            long count = size(topic, partitions);
            long now = System.nanoTime();
            if (from < 0 && count >= expected * WARM_UP) {
                from = now;
                fromCount = count;
            }
            if (count >= expected * MEASURED_TO) {
                return (count - fromCount) * 1e9 / (now - from);
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        throw new TimeoutException(topic + " has " + size(topic, partitions) + " of " + expected + " records after "
                + limit.toSeconds() + " s");
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
