package io.millrace.local.topic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Sizes of topics and lag of consumer groups, as of now. */
public final class TopicOverview implements AutoCloseable {

    /**
     * One topic.
     *
     * @param records how many offsets it holds: a little more than its records when there are transactions
     */
    public record TopicSize(String topic, int partitions, long records) {}

    private final KafkaConnection kafka;
    private final Admin admin;

    public TopicOverview(KafkaConnection kafka) {
        this.kafka = kafka;
        this.admin = kafka.admin();
    }

    /** All topics but Kafka's own, by name. */
    public List<TopicSize> sizes() {
        Map<String, TopicDescription> topics = kafka.answer(
                admin.describeTopics(kafka.answer(admin.listTopics().names())).allTopicNames());
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach((name, topic) -> topic.partitions()
                .forEach(partition -> partitions.add(new TopicPartition(name, partition.partition()))));
        Map<TopicPartition, Long> first = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets(partitions, OffsetSpec.latest());
        Map<String, Long> records = new TreeMap<>();
        partitions.forEach(p -> records.merge(p.topic(), end.get(p) - first.get(p), Long::sum));
        return records.entrySet().stream()
                .map(e -> new TopicSize(
                        e.getKey(), topics.get(e.getKey()).partitions().size(), e.getValue()))
                .toList();
    }

    /**
     * How many records of {@code topics} the group has not committed. A job commits with its checkpoints, so this rises
     * between them by what came in since.
     *
     * @return -1 when the group has committed nothing yet
     */
    public long lag(String group, List<String> topics) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                kafka.answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        committed.keySet().removeIf(partition -> !topics.contains(partition.topic()));
        committed.values().removeIf(java.util.Objects::isNull);
        if (committed.isEmpty()) {
            return -1;
        }
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end :
                offsets(List.copyOf(committed.keySet()), OffsetSpec.latest()).entrySet()) {
            lag += Math.max(0, end.getValue() - committed.get(end.getKey()).offset());
        }
        return lag;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
                kafka.answer(admin.listOffsets(wanted).all()).entrySet()) {
            offsets.put(found.getKey(), found.getValue().offset());
        }
        return offsets;
    }

    @Override
    public void close() {
        admin.close(KafkaConnection.closeLimit());
    }
}
