package io.millrace.auditor;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning, with a consumer of no group, so that nothing on the cluster shows that it reads.
 * Not thread-safe.
 */
final class TopicFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Consumer<ConsumerRecord<byte[], byte[]>> reader;

    /**
     * Will read from the beginning.
     *
     * @param reader given each record, those of a partition in their order
     * @throws IllegalArgumentException when a topic does not exist
     */
    TopicFeed(String bootstrapServers, Collection<String> topics, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        this.reader = reader;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        "false",
                        "allow.auto.create.topics",
                        "false",
                        "auto.offset.reset",
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try {
            partitions = topics.stream()
                    .flatMap(topic -> partitionsOf(topic).stream())
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private List<TopicPartition> partitionsOf(String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new IllegalArgumentException("There is no topic " + topic);
        }
        return partitions.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Will read what comes from now on; answers where that begins. */
    Map<TopicPartition, Long> skipToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        ends.forEach(consumer::seek);
        return ends;
    }

    /** How many records there are on the topics, about: offsets are counted. */
    long records() {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        return consumer.endOffsets(partitions).entrySet().stream()
                .mapToLong(end -> end.getValue() - beginnings.get(end.getKey()))
                .sum();
    }

    /**
     * Reads what is on the topics at this moment.
     *
     * @throws IllegalStateException when that takes longer than {@code limit}
     */
    void readToEnd(Duration limit) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isAt(ends)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The topics were not read to " + ends + " within " + limit);
            }
            poll(POLL);
        }
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Reads what is there, waiting at most {@code wait} for something; answers how many records there were. */
    int poll(Duration wait) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
        records.forEach(reader);
        return records.count();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
