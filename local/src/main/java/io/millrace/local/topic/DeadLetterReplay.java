package io.millrace.local.topic;

import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Puts the dead letters of one source topic back to it as they came: key, value and headers, without what made them
 * dead letters. The caller names that topic: where a letter says it came from is only what whoever wrote it says, so it
 * goes nowhere that was not named. {@code first_seen} stays, so that a letter which dies again keeps its age. Those
 * that arrive meanwhile are left for the next time, so that a record which dies again at once does not go round in
 * circles. What is done is remembered for each source topic alone.
 */
public final class DeadLetterReplay {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int EMPTY_POLLS_BEFORE_GIVING_UP = 20;
    /**
     * What came of it.
     *
     * @param replayedByCode how many were put back, or would be, by error code
     * @param withoutSource letters that are not whole, or do not say where they came from: left alone
     * @param ofOtherTopics letters that say they came from another topic: left alone
     */
    public record Result(Map<String, Long> replayedByCode, long withoutSource, long ofOtherTopics) {
        public long replayed() {
            return replayedByCode.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final KafkaConnection kafka;
    private final String topic;
    private final String target;
    private final String only;
    private final boolean dryRun;
    private final Map<String, Long> replayedByCode = new TreeMap<>();
    private long withoutSource;
    private long ofOtherTopics;

    /**
     * @param topic where the dead letters are
     * @param target the topic they came from and are put back to
     * @param only the error code to put back; null for all
     * @param dryRun look, but put nothing back and remember nothing
     */
    public DeadLetterReplay(KafkaConnection kafka, String topic, String target, String only, boolean dryRun) {
        this.kafka = kafka;
        this.topic = topic;
        this.target = target;
        this.only = only;
        this.dryRun = dryRun;
    }

    /** The consumer group that remembers what has been put back. */
    static String group(String topic, String target) {
        String group = "millrace-replay-" + topic;
        return topic.equals(target + Topics.DEAD_LETTER_SUFFIX) ? group : group + "-to-" + target;
    }

    /**
     * @throws TopicException when there is no such topic, or a record cannot be written; what was done is remembered
     */
    public Result run() {
        List<TopicPartition> partitions = kafka.partitions(topic);
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(group(topic, target));
                KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, ReplayProgress> progress = progress(consumer, partitions);
            progress.forEach((partition, done) -> consumer.seek(partition, done.base()));
            int emptyPolls = 0;
            while (!isAtEnd(consumer, ends)) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
                if (emptyPolls > EMPTY_POLLS_BEFORE_GIVING_UP) {
                    throw new TopicException("Kafka does not return the records of " + topic);
                }
                putBack(records, ends, progress, producer);
                advance(consumer, ends, progress);
            }
        }
        return new Result(replayedByCode, withoutSource, ofOtherTopics);
    }

    private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static Map<TopicPartition, ReplayProgress> progress(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new HashSet<>(partitions));
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, ReplayProgress> progress = new HashMap<>();
        partitions.forEach(p -> progress.put(p, ReplayProgress.of(committed.get(p), beginnings.get(p))));
        return progress;
    }

    private void putBack(
            ConsumerRecords<byte[], byte[]> records,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, ReplayProgress> progress,
            KafkaProducer<byte[], byte[]> producer) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            String code = text(record.headers().lastHeader(WireHeaders.ERROR_CODE), "unknown");
            if (record.offset() >= ends.get(partition)
                    || only != null && !only.equals(code)
                    || progress.get(partition).isDone(record.offset(), code)) {
                continue;
            }
            String source = text(record.headers().lastHeader(WireHeaders.SOURCE_TOPIC), null);
            if (source == null || record.headers().lastHeader(WireHeaders.TRUNCATED_FROM) != null) {
                withoutSource++;
                continue;
            }
            if (!source.equals(target)) {
                ofOtherTopics++;
                continue;
            }
            if (!dryRun) {
                sent.add(producer.send(new ProducerRecord<>(
                        target,
                        null,
                        null,
                        record.key(),
                        record.value(),
                        DeadLetters.originalHeaders(List.of(record.headers().toArray()), Header::key))));
            }
            replayedByCode.merge(code, 1L, Long::sum);
        }
        producer.flush();
        sent.forEach(this::requireAcknowledged);
    }

    private void requireAcknowledged(Future<RecordMetadata> record) {
        try {
            record.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicException("interrupted while putting dead letters back", e);
        } catch (ExecutionException e) {
            throw new TopicException(
                    "a dead letter of " + topic + " cannot be put back: "
                            + e.getCause().getMessage(),
                    e.getCause());
        }
    }

    /** Remembers how far this run has come; what was read up to here has been acknowledged. */
    private void advance(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Map<TopicPartition, ReplayProgress> progress) {
        if (dryRun) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> commit = new HashMap<>();
        ends.forEach((partition, end) -> {
            long position = Math.min(end, consumer.position(partition));
            commit.put(partition, progress.get(partition).upTo(position, only).toCommit());
        });
        consumer.commitSync(commit);
    }

    private static String text(Header header, String otherwise) {
        return header == null || header.value() == null
                ? otherwise
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}
