package io.millrace.local.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits for a record among those that come to some topics after it was made. A broker that goes and comes back is no
 * matter.
 */
public final class TopicWait implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** @throws TopicException when there is no such topic */
    public TopicWait(KafkaConnection kafka, Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach(topic -> partitions.addAll(kafka.partitions(topic)));
        consumer = kafka.consumer(null);
        try {
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // Seeking is lazy: without this, what comes before the first poll would be passed over.
            partitions.forEach(consumer::position);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * Returns the first match; what comes after it is not waited for any more.
     *
     * @param limit how long to wait at most
     * @param match the match, or empty for a record that is none
     * @return empty when none came in time
     */
    public <T> Optional<T> await(Duration limit, Function<ConsumerRecord<byte[], byte[]>, Optional<T>> match) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Optional<T> found = match.apply(record);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
