package io.millrace.local.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads topics from their beginning to where they end now. */
public final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);

    private TopicScan() {}

    /**
     * Gives each record to {@code reader}, those of a partition in their order; of one topic after the other, as
     * listed.
     *
     * @param limit of the whole
     * @throws TopicException when there is no such topic, or Kafka does not return its records within the limit
     */
    public static void read(
            KafkaConnection kafka,
            Collection<String> topics,
            Duration limit,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null)) {
            for (String topic : topics) {
                List<TopicPartition> partitions = new ArrayList<>(kafka.partitions(topic));
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                while (!isAt(consumer, ends)) {
                    if (System.nanoTime() > deadline) {
                        throw new TopicException(
                                "Kafka did not return the records of " + topic + " within " + limit.toSeconds() + " s");
                    }
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        reader.accept(record);
                    }
                }
            }
        }
    }

    private static boolean isAt(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
