package io.millrace.agents.knowledge;

import io.millrace.connectors.agents.topic.AllPartitions;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of documents on a thread of its own, without a group: all there is, and then what comes. Until it has
 * read to where the topic ended when it began, it is not ready.
 */
final class DocumentReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DocumentReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final long RETRY_MILLIS = 500;
    private static final long END_MILLIS = 5_000;
    private static final int RECORDS = 50;
    private static final int FETCH_BYTES = 4 << 20;

    private final Map<String, String> client;
    private final String topic;
    private final KnowledgeIndex index;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "knowledge-documents");
    private volatile boolean ready;
    private volatile String problem;

    private DocumentReader(Map<String, String> client, String topic, KnowledgeIndex index) {
        this.client = client;
        this.topic = topic;
        this.index = index;
        thread.setDaemon(true);
    }

    /** Begins, and does not wait. */
    static DocumentReader start(Map<String, String> client, String topic, KnowledgeIndex index) {
        DocumentReader reader = new DocumentReader(client, topic, index);
        reader.thread.start();
        return reader;
    }

    boolean isReady() {
        return ready;
    }

    /** Why it will never be ready; null for nothing of the kind. */
    String problem() {
        return problem;
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(client);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, LOOK.toMillis());
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void run() {
        try (AllPartitions documents = new AllPartitions(consumer(), topic, LOOK)) {
            Map<TopicPartition, Long> ends = null;
            while (closing.getCount() > 0) {
                try {
                    if (ends == null) {
                        ends = begin(documents);
                    }
                    take(documents.consumer().poll(POLL));
                    ready = ready || isRead(documents.consumer(), ends);
                    documents.look();
                } catch (InterruptException e) {
                    return;
                } catch (IllegalStateException e) {
                    problem = "documents can't be compared on this machine";
                    LOG.error("documents of {} are not read any further", topic, e);
                    return;
                } catch (RuntimeException e) {
                    LOG.warn(
                            "documents of {} can't be read now: {}",
                            topic,
                            e.getClass().getName());
                    closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            problem = "the job's settings of Kafka are no good";
            LOG.error(
                    "there is no client that could read {}: {}",
                    topic,
                    e.getClass().getName());
        } finally {
            // No search may begin once this is gone; the ones under way are on an index that is closed by its owner.
            ready = false;
        }
    }

    /** Where the topic ends now. */
    private static Map<TopicPartition, Long> begin(AllPartitions documents) {
        return documents.consumer().endOffsets(documents.assign(true));
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (closing.getCount() == 0) {
                return;
            }
            index.take(new SourceRecord(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.key(),
                    record.value(),
                    List.of()));
        }
        index.refresh();
    }

    private boolean isRead(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        boolean read = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        if (read) {
            LOG.info(
                    "{}: {} documents, {} passages, {} records that are none",
                    topic,
                    index.documents(),
                    index.chunks(),
                    index.rejected());
        }
        return read;
    }

    /** Returns when nothing is taken any more, or after a while. */
    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
