package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.logic.agent.CallKeys;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.testing.nats.NatsServer;
import io.millrace.testing.process.FreePort;
import io.millrace.testing.process.OsProcess;
import io.millrace.testing.process.PythonProgram;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agents in {@code examples/agents} as they stand there, called through the job. */
@Timeout(180)
class ExampleAgentsITCase {
    private static final Path EXAMPLES = Path.of("../../examples/agents");
    private static final String REQUESTS = "agent-requests-stock";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    private static NatsServer nats;
    private static AgentsTestbed bed;
    private static AgentTopics topics;

    private final List<OsProcess> agents = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        nats = NatsServer.start(directory);
        bed = AgentsTestbed.start(directory, 1, 4);
        topics = bed.topics("");
        try (TopicAdmin admin = new TopicAdmin(bed.broker().bootstrapServers())) {
            admin.ensureAgentTopics(2);
        }
        bed.cluster().run(2, JobBed.definition(AgentsJob.JOB, topics.arguments("--nats.servers", nats.url())));
    }

    @AfterAll
    static void stop() throws Exception {
        topics.close();
        bed.close();
        nats.close();
    }

    @AfterEach
    void stopAgents() {
        agents.forEach(OsProcess::stop);
    }

    private OsProcess python(String name, String module, String... arguments) {
        OsProcess agent = PythonProgram.start(
                name, directory, module, EXAMPLES.resolve(name).resolve("agent.py"), List.of(arguments));
        agents.add(agent);
        return agent;
    }

    private static String database(String name) {
        return directory.resolve(name + ".db").toString();
    }

    /** @param replaced text of the definition, and what stands there instead; null for none */
    private static void register(String name, String replaced, String replacement) throws IOException {
        String text = Files.readString(EXAMPLES.resolve(name).resolve("agent.yaml"));
        if (replaced != null) {
            assertThat(text).contains(replaced);
            text = text.replace(replaced, replacement);
        }
        topics.register((ObjectNode) new YAMLMapper().readTree(text));
    }

    private static JsonNode call(String agent, String key, String input) throws Exception {
        topics.call(agent, key, "'input':" + input, "'timeout_ms':60000");
        return topics.awaitResult(key);
    }

    private static JsonNode output(JsonNode result) {
        assertThat(result.path("status").asText()).as(result.toString()).isEqualTo("OK");
        return result.path("output");
    }

    private static void assertRejected(JsonNode result) {
        assertThat(result.path("status").asText()).isEqualTo("FAILED");
        assertThat(result.path("error").path("code").asText()).isEqualTo("agent_rejected");
    }

    /** Under which the agent is asked for a call. */
    private static String idempotencyKey(String callKey) {
        return CallKeys.idempotencyKey("default", callKey).toString();
    }

    @Test
    void anAgentBehindHttpBooksAPaymentOnce() throws Exception {
        int port = FreePort.find();
        OsProcess agent = python("http", null, Integer.toString(port), database("http"));
        Await.until("the agent to listen", agent::describe, () -> accepts(port));
        register("http", "localhost:8088", "localhost:" + port);

        JsonNode first = output(call("payments", "pay-1", "{'account':'ann','cents':500}"));
        assertThat(first).isEqualTo(JSON.readTree("{\"booking\":1,\"account\":\"ann\",\"cents\":500}"));

        HttpResponse<String> repeated = post(port, idempotencyKey("pay-1"), "{\"account\":\"ann\",\"cents\":500}");
        assertThat(JSON.readTree(repeated.body())).isEqualTo(first);
        assertThat(output(call("payments", "pay-2", "{'account':'ann','cents':500}"))
                        .path("booking")
                        .asInt())
                .isEqualTo(2);
        assertRejected(call("payments", "pay-3", "{'account':'ann','cents':50000000}"));
        assertThat(post(port, "key", "no JSON").statusCode()).isEqualTo(400);
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpResponse<String> post(int port, String key, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                .header("Idempotency-Key", key)
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void workersOnATopicReserveItemsOnce() throws Exception {
        String kafka = bed.broker().bootstrapServers();
        OsProcess one = python("topic", "confluent_kafka", kafka, database("topic"));
        try (TopicAdmin admin = new TopicAdmin(kafka)) {
            Await.until(
                    "the topic of requests", one::describe, () -> admin.names().contains(REQUESTS));
        }
        python("topic", "confluent_kafka", kafka, database("topic"));
        register("topic", null, null);

        JsonNode first = output(call("stock", "take-1", "{'item':'bolt','quantity':3}"));
        assertThat(first).isEqualTo(JSON.readTree("{\"reservation\":1,\"item\":\"bolt\",\"quantity\":3}"));

        assertThat(repeat(idempotencyKey("take-1"), "{\"item\":\"bolt\",\"quantity\":3}"))
                .isEqualTo(first);
        assertThat(output(call("stock", "take-2", "{'item':'nut','quantity':1}"))
                        .path("reservation")
                        .asInt())
                .isEqualTo(2);
        assertRejected(call("stock", "take-3", "{'item':'bolt','quantity':101}"));

        // Whoever is left does the work of both.
        one.stop();
        assertThat(output(call("stock", "take-4", "{'item':'nut','quantity':1}"))
                        .path("reservation")
                        .asInt())
                .isEqualTo(3);
    }

    /** The reply to a further attempt of a call. */
    private static JsonNode repeat(String key, String input) throws Exception {
        String attempt = key + "#again";
        List<TopicSpec> used =
                List.of(TopicSpec.logAppended(Topics.AGENT_REPLIES, 2), TopicSpec.logAppended(REQUESTS, 4));
        try (TopicProbe probe = new TopicProbe(bed.broker(), used)) {
            probe.publish(
                    REQUESTS,
                    key,
                    input.getBytes(StandardCharsets.UTF_8),
                    TopicProbe.header("Idempotency-Key", key),
                    TopicProbe.header("Millrace-Attempt-Id", attempt),
                    TopicProbe.header("Millrace-Reply-To", Topics.AGENT_REPLIES),
                    TopicProbe.header(
                            "Millrace-Deadline", Instant.now().plusSeconds(60).toString()));
            JsonNode[] output = new JsonNode[1];
            probe.await("the reply", () -> probe.read(Topics.AGENT_REPLIES).stream()
                    .filter(reply -> attempt.equals(TopicProbe.header(reply, "Millrace-Attempt-Id")))
                    .map(reply -> output[0] = TopicProbe.json(reply))
                    .findFirst()
                    .isPresent());
            return output[0];
        }
    }

    @Test
    void aNatsServiceCountsWords() throws Exception {
        OsProcess agent = OsProcess.program(
                "nats",
                directory,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EXAMPLES.resolve("nats/Agent.java").toString(),
                        nats.url()));
        agents.add(agent);
        try (Connection client = Nats.connect(nats.url())) {
            Await.until(
                    "the service",
                    agent::describe,
                    () -> client.request("$SRV.PING.words", null, Duration.ofMillis(500)) != null);
        }
        register("nats", null, null);

        assertThat(output(call("words", "count-1", "{'text':' one two  three'}")))
                .hasToString("{\"words\":3}");
        assertThat(output(call("words", "count-2", "{'text':''}"))).hasToString("{\"words\":0}");
    }

    @Test
    void anAgentInTheJobsProcessWritesALetter() throws Exception {
        register("java", null, null);
        String key = "letter-" + UUID.randomUUID();

        JsonNode output = output(call("outbox", key, "{'to':'ann','text':'hello'}"));

        Path letter = Path.of(output.path("letter").asText());
        try {
            assertThat(letter)
                    .hasFileName(idempotencyKey(key) + ".json")
                    .hasContent("{\"to\":\"ann\",\"text\":\"hello\"}");
        } finally {
            Files.deleteIfExists(letter);
        }
    }
}
