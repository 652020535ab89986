package io.millrace.local.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.cli.CommandRunner;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentCommandsITCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static StandInJob job;

    private final CommandRunner commands = new CommandRunner();

    @BeforeAll
    static void start() {
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensureAgentTopics(2);
        }
        job = new StandInJob(KafkaConnection.to(broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        job.close();
        broker.close();
    }

    @Test
    void whatIsRegisteredIsListedAndShownUntilItIsRemoved() throws IOException {
        Path yaml = Files.writeString(
                directory.resolve("summariser.yaml"),
                """
                agent: summariser
                version: 3
                type: GENERATION
                transport: {kind: http, url: "http://localhost:8088/summarise"}
                cache: {ttl_seconds: 3600}
                budget: {day_micros: 5000000}
                fallback: {agents: [echo], then: skip}
                output_schema: {type: object, required: [summary]}
                """);

        assertThat(agents("register", yaml.toString())).isZero();
        assertThat(commands.out()).isEqualTo("registered summariser, version 3; the job has not refused it\n");

        assertThat(agents("list")).isZero();
        assertThat(commands.out())
                .containsPattern("name +version +type +risk +transport +cache +budget +fallback")
                .containsPattern("summariser +3 +GENERATION +AUTO +http +60 min +5 a day +echo, skip");
        assertThat(agents("show", "summariser")).isZero();
        assertThat(commands.out())
                .contains("summariser  version 3")
                .contains("3 attempts, 500 ms × 2 up to 30 s")
                .contains("http://localhost:8088/summarise")
                .contains("\"required\" : [ \"summary\" ]");

        // What is shown as JSON can be registered
        assertThat(agents("show", "summariser", "--json")).isZero();
        Path shown = Files.writeString(directory.resolve("shown.json"), commands.out());
        assertThat(DefinitionFile.read("shown", Files.readAllBytes(shown))
                        .event()
                        .agent())
                .isEqualTo("summariser");
        assertThat(agents("list", "--json")).isZero();
        assertThat(JSON.readTree(commands.out()).findValuesAsText("agent")).contains("summariser");

        assertThat(agents("invalidate", "summariser", "--version", "3", "--dependency", "git:main"))
                .isZero();
        assertThat(agents("show", "summariser")).isZero();
        assertThat(agents("remove", "summariser")).isZero();
        assertThat(agents("show", "summariser")).isEqualTo(1);
        assertThat(agents("remove", "summariser")).isEqualTo(1);
        assertThat(agents("list")).isZero();
        assertThat(commands.out()).doesNotContain("summariser");
    }

    @Test
    void aRegistrationThatTheJobRefusesIsNotInEffect() throws IOException {
        Path file = Files.writeString(
                directory.resolve("loop.json"),
                "{\"agent\":\"loop\",\"version\":1,\"type\":\"OTHER\",\"transport\":{\"kind\":\"http\"}}");

        assertThat(agents("register", file.toString(), "--json")).isEqualTo(1);
        JsonNode out = JSON.readTree(commands.out());
        assertThat(out.path("registered").asBoolean(true)).isFalse();
        assertThat(out.path("error").path("code").asText()).isEqualTo("fallback_loop");

        assertThat(agents("list")).isZero();
        assertThat(commands.out()).doesNotContain("loop");
    }

    @Test
    void aCallIsAnsweredOnceAndItsResultFoundAgain() throws IOException {
        assertThat(agents("call", "echo", "--input", "{\"a\": [1, 2.50]}", "--key", "k-1"))
                .isZero();
        assertThat(commands.out())
                .startsWith("OK  echo, call k-1\n")
                .containsPattern("tokens +812 in, 64 out")
                .containsPattern("cost +0.00016\n")
                .containsPattern("time +520 ms in all: 3 ms waiting, 412 ms the agent")
                .contains("\"a\" : [ 1, 2.50 ]");

        assertThat(agents("call", "echo", "--key", "k-1")).isZero();
        assertThat(commands.out()).contains("answered already").contains("2.50");
        assertThat(agents("call", "echo", "--key", "k-1", "--json")).isZero();
        assertThat(JSON.readTree(commands.out()).path("status").asText()).isEqualTo("OK");

        // The same key of another tenant is another call
        assertThat(agents("call", "echo", "--key", "k-1", "--tenant", "acme", "--input", "true"))
                .isZero();
        assertThat(commands.out()).doesNotContain("already").endsWith("true\n");
    }

    @Test
    void aCallWithoutAnAnswerIsAFailure() throws IOException {
        assertThat(agents("call", "broken")).isEqualTo(1);
        assertThat(commands.out()).startsWith("FAILED  broken").contains("out of order (agent_failed)");

        assertThat(agents("call", "strange", "--json")).isEqualTo(1);
        assertThat(JSON.readTree(commands.out()).path("error").path("code").asText())
                .isEqualTo("reply_topic_not_allowed");
    }

    @Test
    void aCallNeedNotBeWaitedFor() {
        assertThat(agents("call", "echo", "--key", "k-2", "--no-wait")).isZero();
        assertThat(commands.out()).isEqualTo("published k-2\n");
        assertThat(agents("call", "echo", "--key", "k-2")).isZero();
        assertThat(commands.out()).contains("OK  echo, call k-2");
    }

    private int agents(String... arguments) {
        List<String> all = new ArrayList<>(List.of("agents"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--kafka", broker.bootstrapServers()));
        return commands.run(all.toArray(String[]::new));
    }
}
