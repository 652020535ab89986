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
    private static final long BYTES_PER_RECORD = 600;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TaskAuditor auditor;
    private final List<TopicPartition> partitions;

    /**
     * Reads from the beginning.
     *
     * @throws IllegalArgumentException when a topic does not exist
     */
    public AuditFeed(String bootstrapServers, AuditSettings settings) {
        this(bootstrapServers, settings, false);
    }

    private AuditFeed(String bootstrapServers, AuditSettings settings, boolean fromNow) {
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
            if (fromNow) {
                consumer.endOffsets(partitions).forEach((partition, end) -> startAt(partition, end, topics.events()));
            } else {
                consumer.seekToBeginning(partitions);
            }
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void startAt(TopicPartition partition, long offset, String events) {
        consumer.seek(partition, offset);
        if (partition.topic().equals(events)) {
            auditor.startAt(partition.partition(), offset);
        }
    }

    /**
     * Reads what comes from now on. Users who were there before must not be among those that {@code settings} cover: their
     * history would be half.
     *
     * @throws IllegalArgumentException when a topic does not exist
     */
    public static AuditFeed fromNow(String bootstrapServers, AuditSettings settings) {
        return new AuditFeed(bootstrapServers, settings, true);
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

    /**
     * Audits a history at rest, or as it is at this moment. One that would take more than half of this JVM's memory is
     * audited in slices of the users, one after the other.
     *
     * @param limit of each pass over the topics
     */
    public static AuditReport audit(String bootstrapServers, AuditSettings settings, Duration limit) {
        long records;
        try (AuditFeed feed = new AuditFeed(bootstrapServers, settings)) {
            records = feed.records();
        }
        long room = Runtime.getRuntime().maxMemory() / 2;
        return auditInSlices(bootstrapServers, settings, (int) (records * BYTES_PER_RECORD / room) + 1, limit);
    }

    /** As {@link #audit(String, AuditSettings, Duration)}, in that many slices: each needs its share of the memory. */
    static AuditReport auditInSlices(String bootstrapServers, AuditSettings settings, int slices, Duration limit) {
        AuditReport whole = null;
        for (int slice = 0; slice < slices; slice++) {
            try (AuditFeed feed = new AuditFeed(bootstrapServers, settings.slice(slice, slices))) {
                AuditReport part = feed.audit(limit);
                whole = whole == null ? part : whole.and(part);
            }
        }
        return whole;
    }

    /** How many records there are on the topics, about: offsets are counted. */
    private long records() {
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        return consumer.endOffsets(partitions).entrySet().stream()
                .mapToLong(end -> end.getValue() - beginnings.get(end.getKey()))
                .sum();
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

    /** As {@link #report(Instant)}, when it is known only now for how long the job was down. */
    public AuditReport report(Instant now, Duration longestOutage) {
        return auditor.finish(now, longestOutage);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
