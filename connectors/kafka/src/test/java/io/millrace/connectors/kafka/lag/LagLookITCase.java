package io.millrace.connectors.kafka.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import io.millrace.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a look sees, on a real broker. */
@Timeout(150)
class LagLookITCase {
    @TempDir
    static Path directory;

    private static KafkaBroker broker;
    private static Admin admin;

    private final String topic = "topic-" + UUID.randomUUID();
    private final String group = "group-" + UUID.randomUUID();
    private final TopicPartition partition = new TopicPartition(topic, 0);

    @BeforeAll
    static void start() {
        broker = KafkaBroker.at(directory).start();
        admin = Admin.create(properties());
    }

    @AfterAll
    static void stop() {
        admin.close(Duration.ZERO);
        broker.close();
    }

    @BeforeEach
    void make() {
        make(TopicSpec.logAppended(topic, 1));
    }

    private static void make(TopicSpec spec) {
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensure(List.of(spec));
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        return properties;
    }

    private LagLook look(boolean compressed) {
        return new LagLook(
                properties(),
                new LagSettings(Duration.ofSeconds(10), Pattern.compile("group-.*"), compressed),
                new LagMetrics(new UnregisteredMetricsGroup()));
    }

    private LagSampled sample(LagLook look) {
        return look.look(System.currentTimeMillis()).stream()
                .filter(sample -> sample.group().equals(group) && sample.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private LagSampled.Partition sampled(LagLook look) {
        return sample(look).partitions().get(0);
    }

    private static KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", broker.bootstrapServers()));
        if (transactionalId != null) {
            settings.put("transactional.id", transactionalId);
        }
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private List<Instant> write(KafkaProducer<byte[], byte[]> producer, int records) throws Exception {
        List<Instant> loggedAt = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            loggedAt.add(Instant.ofEpochMilli(producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1}))
                    .get()
                    .timestamp()));
        }
        return loggedAt;
    }

    private void commit(String ofGroup, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(ofGroup, Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    @Test
    void theFirstUnreadRecordIsFoundForEachGroupByItsLogTime() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(null);
                LagLook look = look(false)) {
            List<Instant> loggedAt = write(producer, 5);
            String other = group + "-other";
            commit(group, 2);
            commit(other, 4);

            LagSampled sample = sample(look);
            assertThat(sample.members()).isEqualTo(Members.UNKNOWN);
            assertThat(sample.partitionCount()).isEqualTo(1);
            assertThat(sample.retentionMs()).isEqualTo(604_800_000);
            assertThat(sample.partitions())
                    .containsExactly(new LagSampled.Partition(0, 2L, 0L, 5, loggedAt.get(2), false));
            assertThat(look.look(1))
                    .filteredOn(seen -> seen.group().equals(other))
                    .singleElement()
                    .satisfies(seen ->
                            assertThat(seen.partitions().get(0).firstUnreadAt()).isEqualTo(loggedAt.get(4)));
            commit(group, 5);
            assertThat(sampled(look))
                    .as("the start of the log was asked for, as the other has something to read")
                    .isEqualTo(new LagSampled.Partition(0, 5L, 0L, 5, null, false));
        }
    }

    @Test
    void whatIsNoRecordOrNotCommittedIsNothingToRead() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(group);
                LagLook look = look(false)) {
            producer.initTransactions();
            producer.beginTransaction();
            write(producer, 3);
            producer.commitTransaction();
            Await.until("the end of the transaction", () -> end() == 4);
            commit(group, 3);
            assertThat(sampled(look).nothingToRead())
                    .as("the end of a transaction")
                    .isTrue();

            producer.beginTransaction();
            write(producer, 2);
            assertThat(sampled(look).nothingToRead())
                    .as("a transaction that is open")
                    .isTrue();
            producer.abortTransaction();
            Await.until("the end of the transaction", () -> end() == 7);
            assertThat(sampled(look).nothingToRead()).as("one that was aborted").isTrue();

            producer.beginTransaction();
            List<Instant> loggedAt = write(producer, 1);
            producer.commitTransaction();
            Await.until("the record to be seen", () -> sampled(look).firstUnreadAt() != null);
            assertThat(sampled(look).firstUnreadAt()).isEqualTo(loggedAt.get(0));
            assertThat(sampled(look).nothingToRead()).isFalse();
        }
    }

    private long end() throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    @Test
    void whatWasDeletedBeforeItWasReadIsSeenByWhereTheLogStarts() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(null);
                LagLook look = look(false)) {
            List<Instant> loggedAt = write(producer, 5);
            commit(group, 1);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();

            assertThat(sampled(look)).isEqualTo(new LagSampled.Partition(0, 1L, 4L, 5, loggedAt.get(4), false));
            commit(group, 70);
            assertThat(sampled(look))
                    .as("beyond the end")
                    .isEqualTo(new LagSampled.Partition(0, 70L, 4L, 5, loggedAt.get(4), false));
        }
    }

    @Test
    void recordsThatMayBeCompressedAreReadOnlyWhenThatIsAllowed() throws Exception {
        make(TopicSpec.logAppended(topic, 1).with("compression.type", "producer"));
        try (KafkaProducer<byte[], byte[]> producer = producer(null);
                LagLook careful = look(false);
                LagLook trusting = look(true)) {
            List<Instant> loggedAt = write(producer, 2);
            commit(group, 1);

            assertThat(sampled(careful).firstUnreadAt()).isNull();
            assertThat(sampled(trusting).firstUnreadAt()).isEqualTo(loggedAt.get(1));
        }
    }

    @Test
    void whetherAGroupHasMembersIsSeen() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(null);
                LagLook look = look(false)) {
            write(producer, 1);
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            broker.bootstrapServers(),
                            "group.id",
                            group,
                            "auto.offset.reset",
                            "earliest"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.subscribe(Set.of(topic));
                Await.until("the record", () -> !consumer.poll(Duration.ofMillis(100))
                        .isEmpty());
                consumer.commitSync();
                assertThat(sample(look).members()).isEqualTo(Members.SOME);
            }
            Await.until("nobody is left", () -> sample(look).members() == Members.NONE);
        }
    }

    @Test
    void whatIsGoneIsSaidOnce() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(null);
                LagLook look = look(false)) {
            write(producer, 1);
            commit(group, 1);
            assertThat(sample(look).gone()).isFalse();
            admin.deleteConsumerGroups(List.of(group)).all().get();

            assertThat(sample(look).gone()).isTrue();
            assertThat(look.look(1)).noneMatch(sample -> sample.group().equals(group));
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsSaidOnceAndEverythingGoesOn() throws Exception {
        Path elsewhere = directory.resolve(group);
        KafkaBroker other = KafkaBroker.at(elsewhere).start();
        Properties properties = new Properties();
        properties.put("bootstrap.servers", other.bootstrapServers());
        try (other;
                Admin making = Admin.create(properties);
                LagLook look = new LagLook(
                        properties,
                        new LagSettings(Duration.ofMillis(500), Pattern.compile(".*"), false),
                        new LagMetrics(new UnregisteredMetricsGroup()))) {
            try (TopicAdmin topics = new TopicAdmin(other.bootstrapServers())) {
                topics.ensure(List.of(TopicSpec.logAppended(topic, 1)));
            }
            making.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(0)))
                    .all()
                    .get();
            Await.until("a whole look", () -> look.look(1).stream().anyMatch(sample -> sample.problem() == null));
            other.close();

            Await.until("a look without an answer", () -> look.look(2).stream()
                    .anyMatch(sample -> sample.problem() != null));
            Await.until("silence after it", () -> look.look(3).isEmpty());
        }
    }
}
