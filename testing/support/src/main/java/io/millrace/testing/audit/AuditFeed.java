package io.millrace.testing.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the topics of a tasks job from their beginning into an auditor, with a consumer of no group, so that nothing on the
 * cluster shows that it reads. The topics must exist and hold the whole history. Not thread-safe.
 */
public final class AuditFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TaskAuditor auditor;
    private final List<TopicPartition> partitions;

    /** @throws IllegalArgumentException when a topic does not exist */
    public AuditFeed(String bootstrapServers, AuditSettings settings) {
        auditor = new TaskAuditor(settings);
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
            AuditSettings.TopicNames topics = settings.topics();
            partitions = List.of(topics.events(), topics.reminders(), topics.updates(), topics.deadLetters()).stream()
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

    /** Audits a history at rest, or as it is at this moment. */
    public static AuditReport audit(String bootstrapServers, AuditSettings settings, Duration limit) {
        try (AuditFeed feed = new AuditFeed(bootstrapServers, settings)) {
            return feed.audit(limit);
        }
    }

    /**
     * Reads what is on the topics at this moment and judges it as of this moment. Called again, it reads on.
     *
     * @throws IllegalStateException when that takes longer than {@code limit}
     */
    public AuditReport audit(Duration limit) {
        Instant now = Instant.now();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long deadline = System.nanoTime() + limit.toNanos();
        while (!isAt(ends)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The topics were not read to " + ends + " within " + limit);
            }
            poll(POLL);
        }
        return auditor.finish(now);
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /**
     * Follows the topics live: takes what is there, waiting at most {@code wait} for something.
     *
     * @return how many records there were
     */
    public int poll(Duration wait) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            auditor.accept(record);
        }
        return records.count();
    }

    /** Judges what was read so far, as of {@code now}; everything until then must have been read. */
    public AuditReport report(Instant now) {
        return auditor.finish(now);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
