package io.millrace.local.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.WireHeaders;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.BrokerProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsITCase {

    private static final String VALID = event("6f1f7a52-1f0e-4b8e-8f5c-0a4f7b7d1a01", "\"title\":\"Pay the rent\"");
    private static final String UNTITLED = event("6f1f7a52-1f0e-4b8e-8f5c-0a4f7b7d1a02", "\"priority\":\"P1\"");

    @TempDir
    private static Path data;

    private static KafkaBroker broker;
    private static KafkaConnection kafka;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.at(data.resolve("kafka")).start();
        kafka = KafkaConnection.to(broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void publishingThatIsStoppedSaysHowManyRecordsThereAre() throws IOException {
        topics("publish-stopped");
        Path file = data.resolve("stopped.jsonl");
        Files.writeString(file, (VALID + "\n").repeat(4));
        int[] asked = {0};

        TopicPublisher.Result result = new TopicPublisher(kafka, "publish-stopped", null)
                .publish(LineSource.of(file), false, problem -> {}, () -> ++asked[0] <= 2);

        assertThat(result).isEqualTo(new TopicPublisher.Result(4, 0, 2));
    }

    @Test
    void oneInvalidLineKeepsAllBackAndIsNamed() throws IOException {
        topics("publish-a");
        Path file = Files.writeString(data.resolve("events.jsonl"), VALID + "\n\n" + UNTITLED + "\nnot json\n");
        List<String> problems = new ArrayList<>();

        TopicPublisher.Result result = new TopicPublisher(kafka, Topics.TASK_EVENTS, "user_id")
                .publish(LineSource.of(file), false, problems::add);

        assertThat(result).isEqualTo(new TopicPublisher.Result(1, 2, 0));
        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).isEqualTo(file + ":3: title: missing (missing_field)");
        assertThat(problems.get(1)).startsWith(file + ":4: ").endsWith("(not_json)");
    }

    @Test
    void validLinesArePublishedUnderTheirKeyAsTheyStand() throws IOException {
        topics("publish-b");
        String lines = "{\"user_id\":\"u-7\", \"n\":1.50}\r\n{\"data\":{\"user_id\":\"u-8\"}}\n{\"n\":2}\n[1]\n \t\n";
        List<String> problems = new ArrayList<>();
        TopicPublisher.Result result;
        try (LineSource source =
                LineSource.spool(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), "stdin")) {
            result = new TopicPublisher(kafka, "publish-b", "user_id").publish(source, true, problems::add);
        }

        assertThat(result).isEqualTo(new TopicPublisher.Result(2, 2, 2));
        assertThat(problems)
                .containsExactly(
                        "stdin:3: user_id: missing; it is the key of the record (missing_field)",
                        "stdin:4: the line is not a JSON object (not_json)");
        assertThat(tail("publish-b", true))
                .anyMatch(line -> line.contains("\"key\":\"u-7\"")
                        && line.endsWith("\"value\":{\"user_id\":\"u-7\", \"n\":1.50}}"))
                .anyMatch(line -> line.contains("\"key\":\"u-8\""));
    }

    @Test
    void aTaskEventMayBeKeyedByAnotherField() throws IOException {
        topics(Topics.TASK_EVENTS);
        Path file = Files.writeString(data.resolve("keyed.jsonl"), VALID);

        new TopicPublisher(kafka, Topics.TASK_EVENTS, "task_id").publish(LineSource.of(file), false, problem -> {});

        assertThat(tail(Topics.TASK_EVENTS, true)).hasSize(1).allMatch(line -> line.contains("\"key\":\"t-42\""));
    }

    @Test
    void deadLettersGoBackAsTheyCameOnceEach() {
        topics("orders", "orders-dlq");
        deadLetter("orders", "not_json", "one");
        deadLetter("orders", "unknown_type", "two");
        deadLetter(null, "not_json", "lost");

        assertThat(replay(null, true).replayed()).isEqualTo(2);
        assertThat(tail("orders", false)).isEmpty();
        assertThat(replay("not_json", false)).isEqualTo(new DeadLetterReplay.Result(Map.of("not_json", 1L), 1, 0));
        assertThat(replay("not_json", false).replayed()).isZero();
        assertThat(replay(null, false).replayedByCode()).isEqualTo(Map.of("unknown_type", 1L));
        assertThat(replay(null, false)).isEqualTo(new DeadLetterReplay.Result(Map.of(), 0, 0));

        assertThat(tail("orders", true))
                .hasSize(2)
                .allMatch(line -> line.contains("\"key\":\"u-7\""))
                .allMatch(line -> line.contains("\"headers\":{\"error_code\":\"own\",\"traceparent\":\"tp\","
                        + "\"first_seen\":\"2026-11-20T09:00:00Z\"}"))
                .anyMatch(line -> line.endsWith("\"value\":\"one\"}"))
                .anyMatch(line -> line.endsWith("\"value\":\"two\"}"));

        deadLetter("orders", "not_json", "three");
        assertThat(replay(null, false).replayed()).isEqualTo(1);
    }

    @Test
    void aLetterThatNamesAnotherTopicGoesThereOnlyWhenThatIsNamed() {
        topics("bills", "bills-dlq", "payments");
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>("bills-dlq", bytes("k"), bytes("v"));
        letter.headers()
                .add(WireHeaders.ERROR_CODE, bytes("not_json"))
                .add(WireHeaders.SOURCE_TOPIC, bytes("payments"));
        send(letter);

        DeadLetterReplay.Result leftAlone = new DeadLetterReplay.Result(Map.of(), 0, 1);
        assertThat(new DeadLetterReplay(kafka, "bills-dlq", "bills", null, false).run())
                .isEqualTo(leftAlone);
        assertThat(new DeadLetterReplay(kafka, "bills-dlq", "refunds", null, false).run())
                .isEqualTo(leftAlone);
        assertThat(tail("payments", false)).isEmpty();
        assertThat(tail("bills", false)).isEmpty();

        // Left alone is not done: it is there for whoever names its topic, once.
        assertThat(new DeadLetterReplay(kafka, "bills-dlq", "payments", null, false).run())
                .isEqualTo(new DeadLetterReplay.Result(Map.of("not_json", 1L), 0, 0));
        assertThat(new DeadLetterReplay(kafka, "bills-dlq", "payments", null, false)
                        .run()
                        .replayed())
                .isZero();
        assertThat(tail("payments", false)).hasSize(1);
        assertThat(tail("bills", false)).isEmpty();
    }

    @Test
    void sizesAndLagAreCounted() {
        topics("sized");
        send(new ProducerRecord<>("sized", bytes("k"), bytes("v")));
        try (TopicOverview overview = new TopicOverview(kafka)) {
            assertThat(overview.sizes()).contains(new TopicOverview.TopicSize("sized", 2, 1));
            assertThat(overview.lag("nobody", List.of("sized"))).isEqualTo(-1);
        }
    }

    @Test
    void anUnknownTopicIsNamedWithThoseThereAre() {
        topics("known");

        assertThatThrownBy(() -> kafka.partitions("unknown"))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("there is no topic 'unknown'")
                .hasMessageContaining("known");
    }

    @Test
    void anUnreachableBrokerIsSaidSo() {
        assertThatThrownBy(() -> KafkaConnection.to("localhost:1"))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("Kafka is not reachable at localhost:1");
        assertThatThrownBy(() -> KafkaConnection.to("localhost"))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("HOST:PORT");
    }

    private static DeadLetterReplay.Result replay(String only, boolean dryRun) {
        return new DeadLetterReplay(kafka, "orders-dlq", "orders", only, dryRun).run();
    }

    private static List<String> tail(String topic, boolean envelope) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TopicTail.print(
                kafka,
                topic,
                new TopicTail.Options(true, 100, envelope, envelope, Duration.ofMillis(1500)),
                new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static void deadLetter(String source, String code, String value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("orders-dlq", bytes("u-7"), bytes(value));
        // The producer's own header of that name stays, the job's goes.
        record.headers().add(WireHeaders.ERROR_CODE, bytes("own")).add(WireHeaders.TRACEPARENT, bytes("tp"));
        record.headers().add(WireHeaders.ERROR_CODE, bytes(code)).add(WireHeaders.ERROR_MESSAGE, bytes("m"));
        if (source != null) {
            record.headers().add(WireHeaders.SOURCE_TOPIC, bytes(source));
        }
        record.headers()
                .add(WireHeaders.SOURCE_PARTITION, bytes("0"))
                .add(WireHeaders.SOURCE_OFFSET, bytes("7"))
                .add(WireHeaders.FIRST_SEEN, bytes("2026-11-20T09:00:00Z"));
        send(record);
    }

    private static void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            producer.send(record);
        }
    }

    @Test
    void aBrokerThatIsSlowToAnswerIsWaitedForAndThatIsTold() throws Exception {
        try (BrokerProcess slow = BrokerProcess.start(data.resolve("slow"), Await.LIMIT)) {
            try (TopicAdmin topics = new TopicAdmin(slow.bootstrapServers())) {
                topics.ensureTaskTopics(TopicAdmin.DEFAULT_PARTITIONS);
            }
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            slow.process().pause();

            CompletableFuture<List<TopicPartition>> asked = CompletableFuture.supplyAsync(
                    () -> KafkaConnection.to(slow.bootstrapServers(), told::add).partitions(Topics.REMINDERS));

            assertThat(told.poll(60, TimeUnit.SECONDS)).contains("waiting for Kafka at " + slow.bootstrapServers());
            assertThat(asked).isNotDone();
            slow.process().resume();
            assertThat(asked.get(60, TimeUnit.SECONDS)).hasSize(TopicAdmin.DEFAULT_PARTITIONS);
        }
    }

    private static void topics(String... names) {
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.ensure(java.util.Arrays.stream(names)
                    .map(name -> TopicSpec.logAppended(name, 2))
                    .toList());
        }
    }

    private static String event(String id, String fields) {
        return "{\"schema_version\":1,\"event_id\":\"" + id + "\",\"event_type\":\"task.created\","
                + "\"occurred_at\":\"2026-11-20T09:00:00+01:00\",\"user_id\":\"u-7\",\"task_id\":\"t-42\"," + fields
                + "}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
