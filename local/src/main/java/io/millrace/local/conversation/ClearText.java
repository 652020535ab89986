package io.millrace.local.conversation;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicException;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * What lies in the clear on the topics by which messages come and go, and how it is taken away before its time: as far as
 * every consumer group of a topic has read it, so that nobody misses anything. For one thread.
 */
public final class ClearText implements AutoCloseable {
    private static final List<String> TOPICS =
            List.of(Topics.CONVERSATION_EVENTS, Topics.CONVERSATION_EVENTS_DLQ, Topics.CONVERSATION_REPLIES);
    private static final long LIMIT_SECONDS = 30;
    private static final Duration LOOK = Duration.ofMillis(500);

    private final KafkaConnection kafka;
    private final Admin admin;
    /** Where the topics ended when it was begun. */
    private final Map<TopicPartition, Long> ends;

    /**
     * What was taken away.
     *
     * @param records how many there were
     * @param heldBack how many more are there, from before it was begun, that somebody has not read
     * @param by the groups that have not
     */
    public record Purged(long records, long heldBack, Set<String> by) {}

    /** @throws TopicException when the topics of conversations are not there */
    public ClearText(KafkaConnection kafka) {
        this.kafka = kafka;
        this.admin = kafka.admin();
        this.ends = offsets(OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(OffsetSpec which) {
        List<TopicPartition> partitions = new ArrayList<>();
        TOPICS.forEach(topic -> partitions.addAll(kafka.partitions(topic)));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> which)))
                        .all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /**
     * Takes away all that was there when this was made, as soon as it is read.
     *
     * @param limit for how long to wait for those who read; what they have not read then stays
     */
    public Purged purge(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Map<String, Map<TopicPartition, OffsetAndMetadata>> groups = groups();
        while (!behind(groups).isEmpty() && System.nanoTime() < deadline) {
            pause();
            groups = groups();
        }
        Map<TopicPartition, Long> begins = offsets(OffsetSpec.earliest());
        Map<TopicPartition, RecordsToDelete> deletions = new HashMap<>();
        long records = 0;
        long heldBack = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long begin = begins.getOrDefault(end.getKey(), 0L);
            long upTo = Math.max(begin, Math.min(end.getValue(), read(groups, end.getKey())));
            records += upTo - begin;
            heldBack += Math.max(0, end.getValue() - upTo);
            deletions.put(end.getKey(), RecordsToDelete.beforeOffset(upTo));
        }
        get(admin.deleteRecords(deletions).all());
        return new Purged(records, heldBack, behind(groups));
    }

    /** How far all groups that read a partition have read it. */
    private static long read(Map<String, Map<TopicPartition, OffsetAndMetadata>> groups, TopicPartition partition) {
        return groups.values().stream()
                .map(offsets -> offsets.get(partition))
                .filter(offset -> offset != null)
                .mapToLong(OffsetAndMetadata::offset)
                .min()
                .orElse(partition.topic().equals(Topics.CONVERSATION_EVENTS) ? 0 : Long.MAX_VALUE);
    }

    private Set<String> behind(Map<String, Map<TopicPartition, OffsetAndMetadata>> groups) {
        Set<String> behind = new TreeSet<>();
        groups.forEach((group, offsets) -> offsets.forEach((partition, offset) -> {
            if (offset != null && offset.offset() < ends.getOrDefault(partition, 0L)) {
                behind.add(group);
            }
        }));
        boolean unread = ends.keySet().stream().anyMatch(partition -> read(groups, partition) < ends.get(partition));
        if (unread && behind.isEmpty()) {
            behind.add("the job conversations");
        }
        return behind;
    }

    private Map<String, Map<TopicPartition, OffsetAndMetadata>> groups() {
        Collection<GroupListing> listed = get(admin.listGroups().all());
        Map<String, ListConsumerGroupOffsetsSpec> asked = listed.stream()
                .map(GroupListing::groupId)
                .distinct()
                .collect(Collectors.toMap(
                        group -> group, group -> new ListConsumerGroupOffsetsSpec().topicPartitions(ends.keySet())));
        return asked.isEmpty()
                ? Map.of()
                : get(admin.listConsumerGroupOffsets(asked).all());
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while waiting for those who read", e);
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while asking Kafka", e);
        } catch (ExecutionException e) {
            throw new TopicException("Kafka refused: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new TopicException("Kafka did not answer within " + LIMIT_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
