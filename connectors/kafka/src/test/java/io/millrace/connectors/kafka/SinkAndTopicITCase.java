package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.connectors.kafka.TestTopic.Transaction;
import io.millrace.connectors.kafka.TopicCheck.Use;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.DeadLetters;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.WireHeaders;
import io.millrace.testing.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkAndTopicITCase extends BrokerAndCluster {
    private static final int MAX_RECORD_BYTES = 1 << 20;

    @Test
    void recordsDeliveredExactlyOnceAreVisibleAfterACheckpoint() throws Exception {
        TestTopic in = new TestTopic(broker);
        TestTopic out = new TestTopic(broker);
        in.write(100, Transaction.NONE);
        try (KafkaConsumer<byte[], byte[]> committed = reader(out, "read_committed");
                KafkaConsumer<byte[], byte[]> all = reader(out, "read_uncommitted")) {
            JobID job = copy(in, out, Delivery.EXACTLY_ONCE);

            // Given all was written, and none of it is visible
            awaitRecords(all, 100);
            assertThat(committed.poll(Duration.ofMillis(200))).isEmpty();

            // When
            cluster.checkpoint(job);

            // Then
            awaitRecords(committed, 100);
            cluster.cancel(job);
        }
    }

    @Test
    void recordsDeliveredAtLeastOnceAreVisibleAtOnce() throws Exception {
        TestTopic in = new TestTopic(broker);
        TestTopic out = new TestTopic(broker);
        in.write(100, Transaction.NONE);
        try (KafkaConsumer<byte[], byte[]> committed = reader(out, "read_committed")) {
            JobID job = copy(in, out, Delivery.AT_LEAST_ONCE);

            awaitRecords(committed, 100);
            cluster.cancel(job);
        }
    }

    @Test
    void topicsStampedByTheBrokerPassTheCheck() {
        TestTopic topic = new TestTopic(broker);

        assertThatCode(() ->
                        TopicCheck.require(connection().adminProperties(), List.of(new Use(topic.name, true, 1 << 20))))
                .doesNotThrowAnyException();
    }

    @Test
    void theCheckNamesEveryTopicThatCannotBeUsedAndWhy() {
        TestTopic good = new TestTopic(broker);
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensure(List.of(new TopicSpec("by-producer", 1, Map.of())));
        }

        assertThatThrownBy(() -> TopicCheck.require(
                        connection().adminProperties(),
                        List.of(
                                new Use(good.name, true, 0),
                                new Use("missing", true, 0),
                                new Use("by-producer", true, 0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("missing=does not exist")
                .hasMessageContaining("by-producer=has message.timestamp.type=CreateTime, must be LogAppendTime")
                .hasMessageNotContaining(good.name);
    }

    @Test
    void aTopicThatIsReadIsToBeUncompressed() {
        String topic = topicWith("compression.type", "producer");

        assertThatThrownBy(() -> check(Use.write(topic, 0), Use.read(topic)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has compression.type=producer, must be uncompressed")
                .hasMessageContaining("--entity-name " + topic + " --add-config compression.type=uncompressed");
        assertThatCode(() -> check(Use.write(topic, 0))).as("only written to").doesNotThrowAnyException();
    }

    @Test
    void aTopicThatIsReadTakesNoRecordsForWhoseHeadersThereIsNoMemory() {
        String topic = topicWith("max.message.bytes", "2000000");

        assertThatThrownBy(() -> check(Use.read(topic)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has max.message.bytes=2000000, must be at most 1048588")
                .hasMessageContaining("--entity-name " + topic + " --add-config max.message.bytes=1048588");
        assertThatCode(() -> check(Use.write(topic, 0))).as("only written to").doesNotThrowAnyException();
    }

    private static String topicWith(String setting, String value) {
        TestTopic topic = new TestTopic(broker);
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensure(List.of(TopicSpec.logAppended(topic.name, 1).with(setting, value)));
        }
        return topic.name;
    }

    private static void check(Use... uses) {
        TopicCheck.require(connection().adminProperties(), List.of(uses));
    }

    /** 32 MB that compress to a kilobyte: safe for this JVM's heap, and more than the topic's limit. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void aRecordThatUnpacksToMoreThanTheLimitIsRefusedByTheBroker(String compression) {
        TestTopic topic = new TestTopic(broker);
        byte[] bomb = new byte[32 << 20];

        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        compression,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2 * bomb.length,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        4L * bomb.length),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic.name, 0, null, bomb))
                            .get())
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            assertThatCode(() -> producer.send(new ProducerRecord<>(topic.name, 0, null, new byte[1_000]))
                            .get())
                    .as("compressed, and not too large")
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aTopicThatDoesNotTakeWhatIsWrittenToItIsRefusedWithWhatToDo() {
        TestTopic letters = new TestTopic(broker);

        assertThatThrownBy(() -> TopicCheck.require(
                        connection().adminProperties(),
                        List.of(
                                new Use(letters.name, false, 0),
                                new Use(letters.name, false, 17 << 20),
                                new Use(letters.name, false, 0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has max.message.bytes=1048588, must be at least 17825792")
                .hasMessageContaining("--entity-name " + letters.name + " --add-config max.message.bytes=17825792")
                .hasMessageContaining("max-record-size");
    }

    @Test
    void aDeadLetterThatItsTopicDoesNotTakeIsCutAndTheJobGoesOn() throws Exception {
        TestTopic in = new TestTopic(broker);
        TestTopic out = new TestTopic(broker);
        byte[] large = new byte[900_000];
        Arrays.fill(large, (byte) 'x');
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            topics.ensure(List.of(TopicSpec.logAppended(out.name, 1).with("max.message.bytes", "100000")));
            producer.send(new ProducerRecord<>(in.name, "k".getBytes(StandardCharsets.UTF_8), large));
            producer.flush();
        }
        StreamExecutionEnvironment env = TestCluster.environment(2);
        env.fromSource(
                        connection().source(in.name, "dlq-" + out.name, Duration.ofSeconds(30)),
                        WatermarkStrategy.noWatermarks(),
                        "source")
                .uid("source")
                .map(record -> DeadLetters.of(record, ErrorCode.NOT_JSON, "no JSON"))
                .returns(TypeInformation.of(OutboundRecord.class))
                .uid("letters")
                .sinkTo(connection()
                        .deadLetterSink(
                                out.name,
                                new SinkSettings(
                                        Delivery.AT_LEAST_ONCE,
                                        "dlq-" + out.name,
                                        Duration.ofMinutes(1),
                                        Duration.ZERO,
                                        100_000)))
                .uid("sink");
        JobID job = cluster.submit(env, null);
        try (KafkaConsumer<byte[], byte[]> reader = reader(out, "read_committed")) {
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            Await.until("the dead letter", () -> {
                reader.poll(Duration.ofMillis(100)).forEach(letters::add);
                return !letters.isEmpty();
            });
            ConsumerRecord<byte[], byte[]> letter = letters.get(0);
            assertThat(letter.value()).hasSizeBetween(80_000, 100_000).containsOnly('x');
            assertThat(letter.headers().lastHeader(WireHeaders.TRUNCATED_FROM).value())
                    .isEqualTo("900001".getBytes(StandardCharsets.UTF_8));
            assertThat(letter.headers().lastHeader(WireHeaders.SOURCE_TOPIC).value())
                    .isEqualTo(in.name.getBytes(StandardCharsets.UTF_8));
        }
        cluster.cancel(job);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamed() {
        Properties impatient = new Properties();
        impatient.put("default.api.timeout.ms", "500");
        impatient.put("request.timeout.ms", "500");
        Properties nowhere = new KafkaConnection("localhost:1", impatient).adminProperties();

        assertThatThrownBy(() -> TopicCheck.require(nowhere, List.of(new Use("task-events", true, 0))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("localhost:1");
    }

    private static KafkaConnection connection() {
        return new KafkaConnection(broker.bootstrapServers(), new Properties());
    }

    private static JobID copy(TestTopic in, TestTopic out, Delivery delivery) throws Exception {
        StreamExecutionEnvironment env = TestCluster.environment(2);
        env.fromSource(
                        connection().source(in.name, "copy-" + out.name, Duration.ofSeconds(30)),
                        WatermarkStrategy.noWatermarks(),
                        "source")
                .uid("source")
                .map(record -> new OutboundRecord(record.key(), record.value(), record.headers()))
                .returns(TypeInformation.of(OutboundRecord.class))
                .uid("map")
                .sinkTo(connection()
                        .sink(
                                out.name,
                                new SinkSettings(
                                        delivery,
                                        "test-" + UUID.randomUUID(),
                                        Duration.ofMinutes(10),
                                        Duration.ZERO,
                                        MAX_RECORD_BYTES)))
                .uid("sink");
        return cluster.submit(env, null);
    }

    private static KafkaConsumer<byte[], byte[]> reader(TestTopic topic, String isolation) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("isolation.level", isolation);
        properties.put("auto.offset.reset", "earliest");
        properties.put("group.id", "reader-" + UUID.randomUUID());
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic.name));
        return consumer;
    }

    private static void awaitRecords(KafkaConsumer<byte[], byte[]> consumer, int expected) throws Exception {
        int[] read = new int[1];
        Await.until(expected + " records", () -> {
            read[0] += consumer.poll(Duration.ofMillis(100)).count();
            return read[0] >= expected;
        });
        assertThat(read[0]).isEqualTo(expected);
    }
}
