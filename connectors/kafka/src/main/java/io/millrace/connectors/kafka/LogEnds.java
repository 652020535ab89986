package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker what of a topic is still to be read, on a thread of its own, again until it answers or this is
 * closed.
 *
 * <p>The end of a log is no record's place: transaction markers, aborted records and compacted ones have offsets, and a
 * reader that waits to pass them waits for ever. So the tails are read backwards to the last record there is.
 *
 * <p>It also sees what Kafka's reader passes over without a word: records that were deleted before they were read, and
 * a topic that was made again.
 */
final class LogEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogEnds.class);
    private static final int API_TIMEOUT_MILLIS = 5_000;
    private static final Duration POLL = Duration.ofMillis(100);
    /** A broker that refuses at once, with no reason that will go by itself, is not to be asked in a tight loop. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(250);

    private static final int TAIL_FETCH_BYTES = 64 << 10;
    private static final int FURTHER_BACK = 16;

    /**
     * What is to be read of a partition.
     *
     * @param start the first offset to be read
     * @param end the offset after the last record there was; at most {@code start} when there is none
     * @param logEnd the end of the log, behind {@code end} when what is in between is no record
     * @param restarts whether it is read anew from {@code start}, however far it was read before
     */
    record Span(long start, long end, long logEnd, boolean restarts) {}

    /**
     * What the broker said.
     *
     * @param askedAt by this machine's clock, milliseconds since the epoch: what could be read by then is within the
     *     spans
     * @param partitions how many the topic has, later than {@code askedAt}
     * @param losses what was missing of those asked about
     */
    record Answer(long askedAt, Map<TopicPartition, Span> spans, int partitions, List<Loss> losses) {}

    private final String topic;
    private final Properties adminProperties;
    private final Properties consumerProperties;
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService asking = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "log-ends");
        thread.setDaemon(true);
        return thread;
    });
    /** The last record before the end of the log, where that was looked for. Used by the asking thread alone. */
    private final Map<TopicPartition, Span> tails = new HashMap<>();
    /** Used by the asking thread alone, as is {@code topicId}. */
    private Admin admin;

    private Uuid topicId;

    private volatile Consumer<byte[], byte[]> consumer;
    private volatile boolean closed;

    /** @param consumerProperties what a consumer needs to connect, and its group */
    LogEnds(String topic, Properties consumerProperties) {
        this.topic = topic;
        this.adminProperties = new Properties();
        this.adminProperties.putAll(consumerProperties);
        this.adminProperties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        this.consumerProperties = new Properties();
        this.consumerProperties.putAll(consumerProperties);
        this.consumerProperties.putAll(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                "false",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                Integer.toString(TAIL_FETCH_BYTES),
                // Questions share a connection with reads, and would wait for one that waits for records.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                "1",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString(API_TIMEOUT_MILLIS)));
    }

    /**
     * Asks about these, and always how many partitions the topic has.
     *
     * @param ofRecords whether the last record is to be looked for; the end of the log is answered otherwise
     */
    void ask(List<KafkaPartitionSplit> splits, boolean ofRecords) {
        List<KafkaPartitionSplit> asked = List.copyOf(splits);
        asking.execute(() -> askUntilAnswered(asked, ofRecords));
    }

    /** The next answer, once; empty when there is none yet. */
    Optional<Answer> takeAnswer() {
        return Optional.ofNullable(answers.poll());
    }

    private void askUntilAnswered(List<KafkaPartitionSplit> splits, boolean ofRecords) {
        while (!closed) {
            try {
                if (consumer == null) {
                    consumer = new KafkaConsumer<>(
                            consumerProperties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                }
                answers.add(answer(splits, ofRecords));
                return;
            } catch (WakeupException e) {
                LOG.debug("Closed while asking where {} ends", topic, e);
            } catch (KafkaException e) {
                LOG.warn("The broker does not say where {} ends; asking again: {}", topic, e.toString());
                disconnect();
                pause();
            }
        }
    }

    private void disconnect() {
        Consumer<byte[], byte[]> former = consumer;
        consumer = null;
        if (former != null) {
            former.close(CloseOptions.timeout(Duration.ZERO));
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(ASK_AGAIN_AFTER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private Answer answer(List<KafkaPartitionSplit> splits, boolean ofRecords) {
        long now = System.currentTimeMillis();
        TopicDescription description = describe();
        boolean remade = topicId != null && !topicId.equals(description.topicId());
        topicId = description.topicId();
        Map<TopicPartition, Long> next = nextOffsets(splits);
        Map<TopicPartition, Long> ends = next.isEmpty() ? Map.of() : consumer.endOffsets(next.keySet());
        // Where it begins matters for one that is not at its end: most are, and a question costs the broker the same.
        List<TopicPartition> unread = next.keySet().stream()
                .filter(partition -> remade || !next.get(partition).equals(ends.get(partition)))
                .toList();
        Map<TopicPartition, Long> beginnings = unread.isEmpty() ? Map.of() : consumer.beginningOffsets(unread);

        Map<TopicPartition, Span> spans = new HashMap<>();
        List<Loss> losses = new ArrayList<>();
        next.forEach((partition, wanted) -> {
            long end = ends.get(partition);
            long beginning = beginnings.getOrDefault(partition, wanted);
            Loss loss = Loss.of(partition, wanted < 0 ? beginning : wanted, beginning, end, remade && wanted >= 0);
            if (loss != null) {
                losses.add(loss);
            }
            boolean restarts = wanted > end;
            long start = restarts ? beginning : Math.max(wanted, beginning);
            long last = ofRecords ? endOfRecords(partition, start, end) : known(partition, end);
            spans.put(partition, new Span(start, last, end, restarts));
        });
        return new Answer(now, spans, description.partitions().size(), losses);
    }

    private TopicDescription describe() {
        if (admin == null) {
            admin = Admin.create(adminProperties);
        }
        try {
            return admin.describeTopics(List.of(topic), new DescribeTopicsOptions().timeoutMs(API_TIMEOUT_MILLIS))
                    .topicNameValues()
                    .get(topic)
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** Where the last record is before that end, if that was looked for before. */
    private long known(TopicPartition partition, long end) {
        Span tail = tails.get(partition);
        return tail != null && tail.end() == end ? tail.start() : end;
    }

    /** From where each is read on; negative for where it begins. */
    private Map<TopicPartition, Long> nextOffsets(List<KafkaPartitionSplit> splits) {
        Map<TopicPartition, Long> next = new HashMap<>();
        Set<TopicPartition> fromCommitted = new HashSet<>();
        for (KafkaPartitionSplit split : splits) {
            next.put(split.getTopicPartition(), split.getStartingOffset());
            if (split.getStartingOffset() == KafkaPartitionSplit.COMMITTED_OFFSET) {
                fromCommitted.add(split.getTopicPartition());
            }
        }
        if (!fromCommitted.isEmpty()) {
            for (Map.Entry<TopicPartition, OffsetAndMetadata> committed :
                    consumer.committed(fromCommitted).entrySet()) {
                if (committed.getValue() != null) {
                    next.put(committed.getKey(), committed.getValue().offset());
                }
            }
        }
        return next;
    }

    /** The offset after the last record from {@code start} to before {@code end}; {@code start} when there is none. */
    private long endOfRecords(TopicPartition partition, long start, long end) {
        long found = start;
        long until = end;
        for (long step = 1; until > start && found == start; step *= FURTHER_BACK) {
            long from = Math.max(start, until - step);
            found = Math.max(start, lastRecord(partition, from, until) + 1);
            until = from;
        }
        consumer.assign(List.of());
        tails.put(partition, new Span(found, end, end, false));
        return found;
    }

    private long lastRecord(TopicPartition partition, long from, long until) {
        long last = -1;
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        while (consumer.position(partition) < until) {
            if (closed) {
                throw new WakeupException();
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < until) {
                    last = record.offset();
                }
            }
        }
        return last;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        // Not by an interrupt: Kafka's clients take that for an error.
        closed = true;
        asking.execute(this::disconnect);
        asking.shutdown();
        Consumer<byte[], byte[]> asked = consumer;
        if (asked != null) {
            asked.wakeup();
        }
    }
}
