package io.millrace.gateway.log;

import io.millrace.gateway.model.ReadModel;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** The log of a Kafka. */
final class KafkaLog implements FollowedLog {
    private static final int BATCH = 2_000;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int ENDS_MILLIS = 3_000;

    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;
    private final FollowedTopics topics;

    KafkaLog(KafkaClients kafka, ReadModel model) {
        admin = kafka.admin();
        try {
            consumer = kafka.consumer(BATCH);
        } catch (RuntimeException e) {
            admin.close(CLOSE_LIMIT);
            throw e;
        }
        topics = new FollowedTopics(admin, model);
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    @Override
    public List<TopicPartition> partitions() throws SQLException, OtherLogException {
        return topics.partitions();
    }

    /** Not asked of the consumer: it gives all of them or none. */
    @Override
    public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        ListOffsetsResult asked = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), one -> OffsetSpec.latest())),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(ENDS_MILLIS));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ENDS_MILLIS);
        Map<TopicPartition, Long> ends = new HashMap<>();
        Exception silence = null;
        for (TopicPartition one : partitions) {
            try {
                long left = Math.max(1, deadline - System.nanoTime());
                ends.put(
                        one,
                        asked.partitionResult(one)
                                .get(left, TimeUnit.NANOSECONDS)
                                .offset());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            } catch (ExecutionException | TimeoutException e) {
                silence = e;
            }
        }
        if (ends.isEmpty() && silence != null) {
            throw new KafkaException("Kafka does not say where topics end", silence);
        }
        return ends;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_LIMIT));
        admin.close(CLOSE_LIMIT);
    }
}
