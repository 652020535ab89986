package io.millrace.local.platform;

import static io.millrace.local.platform.TestPlatforms.awaitReminder;
import static io.millrace.local.platform.TestPlatforms.options;
import static io.millrace.local.platform.TestPlatforms.publish;
import static io.millrace.local.platform.TestPlatforms.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.cli.CommandRunner;
import io.millrace.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One platform, which those who use it do not start again. */
class RunningPlatformITCase {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path data;

    private static Set<Integer> reachableBefore;
    private static Platform platform;
    private static PlatformOptions options;

    private final CommandRunner commands = new CommandRunner();

    @BeforeAll
    static void start() throws IOException {
        reachableBefore = ListeningSockets.reachableFromOutside();
        options = options(data, Duration.ofMinutes(10));
        platform = Platform.start(options, TestPlatforms.first(), progress -> {});
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingCanBeReachedFromOutside() throws IOException {
        Set<Integer> reachable = ListeningSockets.reachableFromOutside();
        reachable.removeAll(reachableBefore);

        assertThat(reachable).isEmpty();
        try (InputStream in = platform.metrics().toURL().openStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("flink_jobmanager_numRunningJobs")
                    .contains("flink_taskmanager_job_task_numRecordsIn");
        }
    }

    @Test
    void otherPagesAndNamesCannotHaveItDoAnything() throws IOException {
        String tasks = "/jobs/" + TestPlatforms.job("tasks").jobId();
        assertThat(answer("GET /jobs/overview", "Host: localhost")).startsWith("HTTP/1.1 200");
        assertThat(answer("GET /", "Host: localhost"))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("access-control-allow-origin: *");

        assertThat(answer("GET /jobs/overview", "Host: evil.example")).startsWith("HTTP/1.1 403");
        assertThat(answer("GET /jars", "Host: localhost", "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403");
        assertThat(answer("POST /jars/upload", "Host: localhost")).startsWith("HTTP/1.1 403");
        assertThat(answer("GET " + tasks + "/yarn-cancel", "Host: localhost")).startsWith("HTTP/1.1 403");
        assertThat(answer("PATCH " + tasks, "Host: localhost")).startsWith("HTTP/1.1 403");
    }

    /** What Flink's port answers, by hand: Java's own client sends no foreign Host. */
    private static String answer(String request, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), options.webPort())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            String head = request + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(2_000), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPlatformThatDoesItsWorkPassesTheSmokeTest() {
        int status = commands.run("deploy", "smoke", "--kafka", platform.kafka(), "--timeout", "90s");

        assertThat(commands.out())
                .containsPattern("ok +a task and its reminder .* late by \\d+ ms")
                .containsPattern("ok +a call that has to be refused .* refused as unknown, as it should be")
                .containsPattern("ok +a dead letter .* with its bytes and not_json")
                .endsWith("all well" + System.lineSeparator());
        assertThat(status).isZero();
    }

    @Test
    void whatDoesNotAnswerFailsTheSmokeTestAndNothingElse() {
        int status = commands.run(
                "deploy", "smoke", "--kafka", platform.kafka(), "--flink", "http://localhost:1", "--timeout", "90s");

        assertThat(commands.out())
                .containsPattern("FAIL +jobs at http://localhost:1 ")
                .containsPattern("ok +a dead letter ")
                .endsWith("1 of 4 failed" + System.lineSeparator());
        assertThat(status).isOne();
    }

    @Test
    void theCommandsShowStopAndRedeployAJobWithoutLosingAReminder() throws IOException {
        assertThat(platform.kafka()).isEqualTo("localhost:" + options.kafkaPort());
        assertThat(platform.dashboard()).hasToString("http://localhost:" + options.webPort());
        String[] kafka = {"--kafka", platform.kafka()};
        String[] both = {
            "--kafka", platform.kafka(), "--flink", platform.dashboard().toString()
        };
        String[] flink = {"--flink", platform.dashboard().toString()};
        Path file = Files.writeString(
                data.resolve("events.jsonl"), task("t-1", Instant.now().plusSeconds(1)));

        assertThat(run(kafka, "publish", "task-events", file.toString())).isZero();
        assertThat(commands.out()).isEqualTo("published 1 record to task-events\n");
        assertThat(run(kafka, "tail", "task-updates", "--from-beginning", "--max", "1", "--timeout", "20"))
                .isZero();
        assertThat(commands.out()).contains("\"task_id\":\"t-1\"");
        awaitReminder(platform, "t-1");

        // Though nothing is committed, as there was no checkpoint.
        Await.until("that all jobs run and all is read", commands::out, () -> {
            int status = run(both, "jobs", "--json");
            JsonNode lag = JSON.readTree(commands.out()).path(0).path("lag");
            return status == 0 && lag.isNumber() && lag.asLong() == 0;
        });
        assertThat(run(both, "status")).isZero();
        assertThat(commands.out()).contains("task-events-dlq").contains("RUNNING");
        assertThat(run(both, "status", "--json")).isZero();
        assertThat(JSON.readTree(commands.out()).path("well").asBoolean()).isTrue();

        publish(platform, task("t-2", Instant.now().plusSeconds(6)));
        assertThat(run(flink, "savepoint", "tasks")).isZero();
        assertThat(Path.of(commands.out().strip()).resolve("_metadata")).isRegularFile();
        assertThat(run(both, "jobs", "--json")).isEqualTo(1);
        assertThat(JSON.readTree(commands.out()).path(0).path("state").asText()).isEqualTo("FINISHED");

        assertThat(run(both, "redeploy", "tasks")).isZero();
        assertThat(run(both, "redeploy", "tasks")).isZero();
        assertThat(commands.out()).contains("stopped tasks with savepoint").contains("started tasks");
        assertThat(run(both, "jobs")).isZero();
        awaitReminder(platform, "t-2");
    }

    private int run(String[] where, String... arguments) {
        return commands.run(Stream.of(arguments, where).flatMap(Stream::of).toArray(String[]::new));
    }
}
