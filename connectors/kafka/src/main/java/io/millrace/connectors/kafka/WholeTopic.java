package io.millrace.connectors.kafka;

import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning to where it ends now, beside the graph of a job: for a compacted topic that an operator
 * has to know before it begins. It belongs to no consumer group.
 *
 * <p>It reads what is not committed too. A transaction that a complete checkpoint belongs to may be committed only after
 * the job has begun again; what was written in one that came to nothing does no harm to who reads this way.
 */
public final class WholeTopic implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int PARTITION_BYTES = 1 << 20;
    private static final int FETCH_BYTES = 8 << 20;
    private static final int RECORDS = 5_000;

    private final Properties properties = new Properties();
    private final String topic;
    private final long patienceMillis;

    /**
     * @param adminProperties see {@link KafkaConnection#adminProperties}
     * @param patience for how long the cluster may give nothing
     */
    public WholeTopic(Properties adminProperties, String topic, Duration patience) {
        this.topic = topic;
        this.patienceMillis = patience.toMillis();
        properties.putAll(adminProperties);
        properties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_uncommitted",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                "false",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Integer.toString(PARTITION_BYTES),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                Integer.toString(FETCH_BYTES),
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Integer.toString(RECORDS),
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString((int) Math.min(Integer.MAX_VALUE, patienceMillis))));
    }

    /**
     * Gives each record, those of a partition in their order.
     *
     * @param take key and value, either of which may be null
     * @throws IOException when there is no such topic, or the cluster gives nothing for too long
     */
    public void read(BiConsumer<byte[], byte[]> take) throws IOException {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            readTo(consumer.endOffsets(partitions), consumer, take);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw new IOException("the topic " + topic + " can't be read: " + e, e);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) throws IOException {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new IOException("there is no topic " + topic);
        }
        return partitions.stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private void readTo(
            Map<TopicPartition, Long> ends, KafkaConsumer<byte[], byte[]> consumer, BiConsumer<byte[], byte[]> take)
            throws IOException {
        long movedAt = System.nanoTime();
        long left = left(ends, consumer);
        while (left > 0) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                take.accept(record.key(), record.value());
            }
            long leftNow = left(ends, consumer);
            if (leftNow < left || !records.isEmpty()) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > Duration.ofMillis(patienceMillis).toNanos()) {
                throw new IOException("the topic " + topic + " gave nothing for " + patienceMillis + " ms; "
                        + leftNow + " records of " + unread(ends, consumer) + " are not read");
            }
            left = leftNow;
        }
    }

    private static long left(Map<TopicPartition, Long> ends, KafkaConsumer<byte[], byte[]> consumer) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    private static String unread(Map<TopicPartition, Long> ends, KafkaConsumer<byte[], byte[]> consumer) {
        return ends.entrySet().stream()
                .filter(end -> consumer.position(end.getKey()) < end.getValue())
                .map(end -> end.getKey().toString())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
