package io.millrace.gateway;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RecordHeader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.TopicProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway on a real broker. The test publishes what the jobs would. */
class GatewayITCase {
    private static final List<TopicSpec> TOPICS = List.of(
            TopicSpec.logAppended(Topics.TASK_EVENTS, 2),
            TopicSpec.logAppended(Topics.TASK_UPDATES, 2),
            TopicSpec.logAppended(Topics.WORKFLOW_COMMANDS, 2),
            TopicSpec.logAppended(Topics.WORKFLOW_RUNS, 2).with("cleanup.policy", "compact"),
            TopicSpec.deadLetters(Topics.TASK_EVENTS_DLQ, 2));

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static KafkaBroker broker;
    private static TopicProbe probe;
    private static int tenants;

    private final TestRecords log = new TestRecords();
    private final HttpClient client = HttpClient.newHttpClient();
    private GatewayServer gateway;
    private String tenant;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.at(shared.resolve("kafka")).start();
        probe = new TopicProbe(broker, TOPICS);
    }

    @AfterAll
    static void stopBroker() {
        probe.close();
        broker.close();
    }

    @BeforeEach
    void name() {
        tenant = "tenant-" + ++tenants;
    }

    private GatewayServer start() throws IOException {
        return GatewayServer.start(GatewaySettings.of(
                new String[] {
                    "--kafka.bootstrap-servers", broker.bootstrapServers(),
                    "--data-dir", directory.resolve("gateway").toString(),
                    "--http.port", "0",
                    "--rate.per-second", "1000",
                    "--rate.burst", "1000"
                },
                Map.of()));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + gateway.port() + path))
                .header("Millrace-Tenant", tenant)
                .header("Content-Type", "application/json");
        return client.send(
                request.method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> reply = send("GET", path, null);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return json(reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private void publish(SourceRecord record) {
        List<Header> headers = new ArrayList<>();
        for (RecordHeader header : record.headers()) {
            headers.add(new org.apache.kafka.common.header.internals.RecordHeader(header.key(), header.value()));
        }
        probe.publish(new ProducerRecord<>(record.topic(), null, record.key(), record.value(), headers));
        probe.flush();
    }

    private void awaitReady() throws Exception {
        Await.until("ready", () -> send("GET", "/ready", null).statusCode() == 200);
    }

    private int count(String path) throws Exception {
        return get(path).path("items").size();
    }

    @Test
    void whatIsWrittenIsOnTheTopicAndWhatJobsSayIsReadAlsoAfterAStart() throws Exception {
        gateway = start();
        try {
            awaitReady();
            HttpResponse<String> accepted =
                    send("POST", "/v1/tasks?user=ann", "{\"title\":\"Pay the rent\",\"task_id\":\"t\"}");
            assertThat(accepted.statusCode()).isEqualTo(202);
            String event = json(accepted.body().getBytes(StandardCharsets.UTF_8))
                    .path("event_id")
                    .asText();
            probe.await("the event", () -> probe.jsonOf(Topics.TASK_EVENTS).stream()
                    .anyMatch(one -> one.path("event_id").asText().equals(event)));

            publish(log.task(tenant, "ann", "t", 1, view -> view.put("title", "Pay the rent")
                    .putObject("cause")
                    .put("event_id", event)));
            assertThat(get("/v1/tasks/t?user=ann&wait_seconds=30&after=" + event)
                            .path("title")
                            .asText())
                    .isEqualTo("Pay the rent");
            assertThat(count("/v1/tasks?user=ann&q=rent")).isEqualTo(1);
        } finally {
            gateway.close();
        }
        publish(log.task(tenant, "ann", "t", 2, view -> view.put("title", "Pay the gas")));
        gateway = start();
        try {
            assertThat(get("/v1/tasks/t?user=ann&wait_seconds=30&newer_than=1")
                            .path("title")
                            .asText())
                    .isEqualTo("Pay the gas");
        } finally {
            gateway.close();
        }
    }

    @Test
    void aModelThatIsThrownAwayIsReadFromTheLogAgain() throws Exception {
        publish(log.task(tenant, "ann", "t", 1));
        publish(log.run(tenant, "r", 1, "running", run -> {}));
        gateway = start();
        try {
            awaitReady();
            assertThat(count("/v1/tasks?user=ann")).isEqualTo(1);
        } finally {
            gateway.close();
        }
        Files.delete(directory.resolve("gateway/model.db"));
        gateway = start();
        try {
            awaitReady();
            assertThat(count("/v1/tasks?user=ann")).isEqualTo(1);
            assertThat(count("/v1/runs")).isEqualTo(1);
        } finally {
            gateway.close();
        }
    }

    @Test
    void aDeadLetterIsPutBackAsItCame() throws Exception {
        ObjectNode event = TestRecords.example("task.completed").put("tenant", tenant);
        publish(log.letter(Topics.TASK_EVENTS, event, ErrorCode.UNKNOWN_TASK, "there is no such task", 3));
        gateway = start();
        try {
            awaitReady();
            JsonNode letters = get("/v1/dead-letters?topic=task-events-dlq&code=unknown_task")
                    .path("items");
            assertThat(letters).isNotEmpty();
            String id = letters.get(0).path("id").asText();
            HttpResponse<String> reply = send("POST", "/v1/dead-letters/" + id + "/replay", null);

            assertThat(reply.body()).contains("\"position\":\"task-events:");
            probe.await("the event", () -> probe.read(Topics.TASK_EVENTS).stream()
                    .anyMatch(record ->
                            TopicProbe.json(record).path("tenant").asText().equals(tenant)));
            ConsumerRecord<byte[], byte[]> back = probe.read(Topics.TASK_EVENTS).stream()
                    .filter(record ->
                            TopicProbe.json(record).path("tenant").asText().equals(tenant))
                    .findFirst()
                    .orElseThrow();
            assertThat(TopicProbe.json(back)).isEqualTo(event);
            assertThat(back.headers().toArray()).extracting(Header::key).containsExactly("first_seen");
        } finally {
            gateway.close();
        }
    }

    @Test
    void aTopicThatComesLaterIsFollowedAndOneThatWasMadeAnewMakesTheModelAnew() throws Exception {
        gateway = start();
        try (Admin admin = Admin.create(properties());
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            awaitReady();
            topics.ensure(List.of(TopicSpec.logAppended(Topics.CONVERSATION_UPDATES, 1)));
            publish(log.conversation(tenant, "c", 1, "open"));
            Await.until("the conversation", () -> count("/v1/conversations") == 1);

            admin.deleteTopics(List.of(Topics.CONVERSATION_UPDATES)).all().get();
            Await.until("its end", () -> !topics.names().contains(Topics.CONVERSATION_UPDATES));
            topics.ensure(List.of(TopicSpec.logAppended(Topics.CONVERSATION_UPDATES, 1)));
            Await.until("the model is made anew", () -> count("/v1/conversations") == 0);
            publish(log.conversation(tenant, "d", 1, "open"));
            Await.until("the other conversation", () -> count("/v1/conversations") == 1);
        } finally {
            gateway.close();
        }
    }

    @Test
    void aPortThatIsTakenIsSaidAndNothingIsLeftRunning() throws Exception {
        gateway = start();
        try {
            assertThatThrownBy(() -> GatewayServer.start(GatewaySettings.of(
                            new String[] {
                                "--kafka.bootstrap-servers", broker.bootstrapServers(),
                                "--data-dir", directory.resolve("other").toString(),
                                "--http.port", Integer.toString(gateway.port())
                            },
                            Map.of())))
                    .isInstanceOf(IOException.class);
            DataDirectoryLock.take(directory.resolve("other")).close();
        } finally {
            gateway.close();
        }
    }

    @Test
    void everyFigureIsInTheDocument() throws Exception {
        gateway = start();
        try {
            Path folder = Path.of("").toAbsolutePath();
            while (!Files.exists(folder.resolve("docs/gateway.md"))) {
                folder = folder.getParent();
            }
            String document = Files.readString(folder.resolve("docs/gateway.md"));
            assertThat(gateway.metrics().names())
                    .allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
        } finally {
            gateway.close();
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        return properties;
    }
}
