package io.millrace.connectors.kafka;

import static org.apache.kafka.common.IsolationLevel.READ_COMMITTED;
import static org.apache.kafka.common.IsolationLevel.READ_UNCOMMITTED;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.Await;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of its own for a test, with four partitions stamped by the broker. */
final class TestTopic {
    static final int PARTITIONS = 4;

    final String name = "topic-" + UUID.randomUUID();
    private final String bootstrapServers;
    private final NavigableMap<Long, Long> writes = new TreeMap<>();

    TestTopic(KafkaBroker broker) {
        bootstrapServers = broker.bootstrapServers();
        try (TopicAdmin topics = new TopicAdmin(bootstrapServers)) {
            topics.ensure(List.of(TopicSpec.logAppended(name, PARTITIONS)));
        }
    }

    /** What becomes of records. */
    enum Transaction {
        NONE,
        COMMITTED,
        ABORTED
    }

    /** Writes records to all partitions in turn. When it returns, what is committed can be read. */
    void write(int records, Transaction transaction) throws Exception {
        long begun = System.currentTimeMillis();
        send(records, transaction);
        if (transaction != Transaction.NONE) {
            // The producer does not wait for the markers that end its transaction.
            Await.until(
                    "the transaction to have ended", () -> ends(READ_COMMITTED).equals(ends(READ_UNCOMMITTED)));
        }
        writes.put(begun, System.currentTimeMillis());
    }

    /**
     * When a record of that log time could be read at the latest: its log time is from before, when its writing began.
     */
    long readableAt(long logTime) {
        return writes.floorEntry(logTime).getValue();
    }

    /** Writes records to one partition. */
    void writeTo(int partition, int records) {
        long begun = System.currentTimeMillis();
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(name, partition, null, new byte[] {1}));
            }
        }
        writes.put(begun, System.currentTimeMillis());
    }

    void addPartition() throws Exception {
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(PARTITIONS + 1)))
                    .all()
                    .get();
        }
    }

    void deleteBefore(int partition, long offset) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    /** Deletes the topic, and makes an empty one of that name. */
    void makeAgain() throws Exception {
        try (Admin admin = admin();
                TopicAdmin topics = new TopicAdmin(bootstrapServers)) {
            admin.deleteTopics(List.of(name)).all().get();
            Await.until(
                    "the topic to be gone",
                    () -> !admin.listTopics().names().get().contains(name));
            topics.ensure(List.of(TopicSpec.logAppended(name, PARTITIONS)));
        }
    }

    private void send(int records, Transaction transaction) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        if (transaction != Transaction.NONE) {
            properties.put(
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG, UUID.randomUUID().toString());
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            if (transaction != Transaction.NONE) {
                producer.initTransactions();
                producer.beginTransaction();
            }
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(
                        name, i % PARTITIONS, null, ("record " + i).getBytes(StandardCharsets.UTF_8)));
            }
            producer.flush();
            if (transaction == Transaction.COMMITTED) {
                producer.commitTransaction();
            } else if (transaction == Transaction.ABORTED) {
                producer.abortTransaction();
            }
        }
    }

    private Map<Integer, Long> ends(IsolationLevel isolation) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int i = 0; i < PARTITIONS; i++) {
            latest.put(new TopicPartition(name, i), OffsetSpec.latest());
        }
        Map<Integer, Long> ends = new HashMap<>();
        try (Admin admin = admin()) {
            admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
        }
        return ends;
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** How many records the group has committed as read. */
    long committed(String group) throws Exception {
        try (Admin admin = admin()) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }
}
