package io.millrace.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.cli.CommandRunner;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PlatformITCase {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path data;

    @Test
    void aReminderThatWasPendingAtTheStopIsSentAfterTheNextStart() throws IOException {
        PlatformOptions options = options(data);
        Instant later;
        try (Platform platform = Platform.start(options, LocalJobs.all(), progress -> {})) {
            publish(platform, task("t-1", Instant.now().plusSeconds(2)));
            assertThat(answer(options, "GET /jobs/overview", "Host: localhost")).startsWith("HTTP/1.1 200");
            assertThat(answer(options, "GET /jobs/overview", "Host: evil.example"))
                    .startsWith("HTTP/1.1 403");
            assertThat(answer(options, "GET /jars", "Host: localhost", "Origin: https://evil.example"))
                    .startsWith("HTTP/1.1 403");
            assertThat(answer(options, "POST /jars/upload", "Host: localhost")).startsWith("HTTP/1.1 403");
            assertThat(answer(options, "GET /jobs/" + LocalJobs.TASKS.jobId() + "/yarn-cancel", "Host: localhost"))
                    .startsWith("HTTP/1.1 403");
            assertThat(answer(options, "PATCH /jobs/" + LocalJobs.TASKS.jobId(), "Host: localhost"))
                    .startsWith("HTTP/1.1 403");
            assertThat(answer(options, "GET /", "Host: localhost"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("access-control-allow-origin: *");

            JsonNode reminder = awaitReminder(platform, "t-1");
            assertThat(reminder.path("late_by_ms").asLong()).isBetween(0L, 10_000L);

            later = Instant.now().plusSeconds(8);
            publish(platform, task("t-2", later));
        }
        try (Platform platform = Platform.start(options, LocalJobs.all(), progress -> {})) {
            assertThat(platform.flink().checkpoints(LocalJobs.TASKS.jobId()).restoredFrom())
                    .contains("/chk-");
            JsonNode reminder = awaitReminder(platform, "t-2");
            assertThat(Instant.parse(reminder.path("sent_at").asText())).isAfterOrEqualTo(later.minusMillis(1));
        }
    }

    /** What Flink's port answers, by hand: Java's own client sends no foreign Host. */
    private static String answer(PlatformOptions options, String request, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), options.webPort())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            String head = request + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                    + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(2_000), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theCommandsStopAndRedeployTheJobWithoutLosingAReminder() throws IOException {
        PlatformOptions options = options(data);
        String kafka = "localhost:" + options.kafkaPort();
        String flink = "http://localhost:" + options.webPort();
        try (Platform platform = Platform.start(options, LocalJobs.all(), progress -> {})) {
            assertThat(platform.kafka()).isEqualTo(kafka);
            Path file = Files.writeString(
                    data.resolve("events.jsonl"), task("t-1", Instant.now().plusSeconds(6)));
            CommandRunner commands = new CommandRunner();

            assertThat(commands.run("publish", "task-events", file.toString(), "--kafka", kafka))
                    .isZero();
            assertThat(commands.out()).isEqualTo("published 1 record to task-events\n");
            assertThat(commands.run(
                            "tail",
                            "task-updates",
                            "--from-beginning",
                            "--max",
                            "1",
                            "--timeout",
                            "20",
                            "--kafka",
                            kafka))
                    .isZero();
            assertThat(commands.out()).contains("\"task_id\":\"t-1\"");
            assertThat(commands.run("status", "--kafka", kafka, "--flink", flink))
                    .isZero();
            assertThat(commands.out()).contains("task-events-dlq").contains("RUNNING");
            assertThat(commands.run("status", "--json", "--kafka", kafka, "--flink", flink))
                    .isZero();
            assertThat(JSON.readTree(commands.out()).path("well").asBoolean()).isTrue();

            assertThat(commands.run("savepoint", "tasks", "--flink", flink)).isZero();
            assertThat(Path.of(commands.out().strip()).resolve("_metadata")).isRegularFile();
            assertThat(commands.run("jobs", "--json", "--kafka", kafka, "--flink", flink))
                    .isEqualTo(1);
            assertThat(JSON.readTree(commands.out()).path(0).path("state").asText())
                    .isEqualTo("FINISHED");

            assertThat(commands.run("redeploy", "tasks", "--kafka", kafka, "--flink", flink))
                    .isZero();
            assertThat(commands.run("redeploy", "tasks", "--kafka", kafka, "--flink", flink))
                    .isZero();
            assertThat(commands.out()).contains("stopped tasks with savepoint").contains("started tasks");
            assertThat(commands.run("jobs", "--kafka", kafka, "--flink", flink)).isZero();
            awaitReminder(platform, "t-1");
        }
    }

    @Test
    void aDataDirectoryOfAVersionWithOneJobStartsWithBoth() throws IOException {
        PlatformOptions options = options(data);
        Instant due = Instant.now().plusSeconds(20);
        try (Platform platform = Platform.start(options, List.of(LocalJobs.TASKS), progress -> {})) {
            publish(platform, task("t-1", due));
        }

        try (Platform platform = Platform.start(options, LocalJobs.all(), progress -> {})) {
            assertThat(platform.flink().checkpoints(LocalJobs.TASKS.jobId()).restoredFrom())
                    .contains("/chk-");
            assertThat(platform.flink().checkpoints(LocalJobs.AGENTS.jobId()).restoredFrom())
                    .isNull();
            awaitReminder(platform, "t-1");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nothingCanBeReachedFromOutside() throws IOException {
        Set<Integer> before = ListeningSockets.reachableFromOutside();
        PlatformOptions options = options(data);
        try (Platform platform = Platform.start(options, LocalJobs.all(), progress -> {})) {
            Set<Integer> reachable = ListeningSockets.reachableFromOutside();
            reachable.removeAll(before);

            assertThat(reachable).isEmpty();
            assertThat(platform.metrics()).satisfies(metrics -> {
                try (InputStream in = metrics.toURL().openStream()) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .contains("flink_jobmanager_numRunningJobs")
                            .contains("flink_taskmanager_job_task_numRecordsIn");
                }
            });
        }
    }

    @Test
    void theLagIsWhatTheSourceHasNotRead() throws IOException {
        PlatformOptions options = options(data, Duration.ofMinutes(10));
        try (Platform platform = Platform.start(options, LocalJobs.all(), progress -> {})) {
            CommandRunner commands = new CommandRunner();
            publish(platform, task("t-1", Instant.now().plusSeconds(1)));
            awaitReminder(platform, "t-1");

            // Given that nothing is committed, as there is no checkpoint
            String[] jobs = {
                "jobs",
                "--json",
                "--kafka",
                platform.kafka(),
                "--flink",
                platform.dashboard().toString()
            };

            // Then the lag is known all the same, and says that all is read
            Await.until("the lag", commands::out, () -> {
                assertThat(commands.run(jobs)).isZero();
                JsonNode lag = JSON.readTree(commands.out()).path(0).path("lag");
                return lag.isNumber() && lag.asLong() == 0;
            });
        }
    }

    @Test
    void theCheckpointBeforeIsTakenWhenTheNewestCannotBeRestored() throws IOException {
        PlatformOptions options = options(data);
        Platform.start(options, LocalJobs.all(), progress -> {}).close();
        Path directory = data.resolve("checkpoints").resolve(LocalJobs.TASKS.jobId());
        Path broken = Files.createDirectories(directory.resolve("chk-1000000"));
        try (var out = Files.newOutputStream(broken.resolve("_metadata"))) {
            OperatorState stranger = new OperatorState("stranger", null, new OperatorID(), 2, 720);
            stranger.putState(
                    0,
                    OperatorSubtaskState.builder()
                            .setManagedOperatorState(new OperatorStreamStateHandle(
                                    Map.of(), new ByteStreamStateHandle("state", new byte[] {1})))
                            .build());
            org.apache.flink.runtime.checkpoint.Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(1_000_000, List.of(stranger), List.of()), out);
        }

        try (Platform platform = Platform.start(options, LocalJobs.all(), progress -> {})) {
            assertThat(platform.flink().checkpoints(LocalJobs.TASKS.jobId()).restoredFrom())
                    .contains("/chk-")
                    .doesNotContain("chk-1000000");
            assertThat(broken).doesNotExist();
        }
    }

    @Test
    void aPortInUseStopsTheStartAndLeavesNothingBehind() throws IOException {
        PlatformOptions options = options(data);
        try (ServerSocket taken = new ServerSocket(options.webPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Platform.start(options, LocalJobs.all(), progress -> {}))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--web-port");
        }
        DataDirectory.lock(data).close();
    }

    @Test
    void theDemoEndsByItselfAndSaysWhatHappened() throws IOException {
        PlatformOptions options = options(data);
        CommandRunner commands = new CommandRunner();

        int status = commands.run(
                "demo",
                "--seconds",
                "12",
                "--data-dir",
                data.toString(),
                "--kafka-port",
                "" + options.kafkaPort(),
                "--web-port",
                "" + options.webPort(),
                "--metrics-port",
                "" + options.metricsPort());

        assertThat(commands.out())
                .contains("Summary of 12 s")
                .contains("lateness at the broker")
                .containsPattern("Clean: \\d+ events")
                .containsPattern("Clean: [1-9]\\d* calls of agents")
                .doesNotContain(" 0 answered");
        assertThat(status).as(commands.out()).isZero();
    }

    private static PlatformOptions options(Path data) throws IOException {
        return options(data, Duration.ofSeconds(1));
    }

    private static PlatformOptions options(Path data, Duration checkpointInterval) throws IOException {
        try (ServerSocket kafka = new ServerSocket(0);
                ServerSocket web = new ServerSocket(0);
                ServerSocket metrics = new ServerSocket(0)) {
            return new PlatformOptions(
                    Path.of(System.getProperty("millrace.home")),
                    data,
                    kafka.getLocalPort(),
                    web.getLocalPort(),
                    metrics.getLocalPort(),
                    2,
                    checkpointInterval);
        }
    }

    private static void publish(Platform platform, String event) {
        try (KafkaProducer<byte[], byte[]> producer =
                KafkaConnection.to(platform.kafka()).producer()) {
            producer.send(new ProducerRecord<>(
                    Topics.TASK_EVENTS,
                    "u-7".getBytes(StandardCharsets.UTF_8),
                    event.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static JsonNode awaitReminder(Platform platform, String task) throws IOException {
        KafkaConnection kafka = KafkaConnection.to(platform.kafka());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null)) {
            List<TopicPartition> partitions = kafka.partitions(Topics.REMINDERS);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    JsonNode reminder = JSON.readTree(record.value());
                    if (reminder.path("task_id").asText().equals(task)) {
                        return reminder;
                    }
                }
            }
        }
        throw new AssertionError("no reminder of " + task + " within " + LIMIT);
    }

    private static String task(String id, Instant due) {
        return "{\"schema_version\":1,\"event_id\":\"" + UUID.randomUUID() + "\",\"event_type\":\"task.created\","
                + "\"occurred_at\":\"" + Instant.now() + "\",\"user_id\":\"u-7\",\"task_id\":\"" + id
                + "\",\"title\":\"Pay the rent\",\"due_at\":\"" + due + "\"}";
    }
}
