package io.millrace.connectors.kafka;

import io.millrace.testing.kafka.KafkaBroker;
import io.millrace.testing.kafka.TopicAdmin;
import io.millrace.testing.kafka.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of its own for a test, with four partitions stamped by the broker. */
final class TestTopic {
    static final int PARTITIONS = 4;

    final String name = "topic-" + UUID.randomUUID();
    private final String bootstrapServers;

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

    /** Writes records to all partitions in turn. */
    void write(int records, Transaction transaction) {
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

    /** How many records the group has committed as read. */
    long committed(String group) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }
}
