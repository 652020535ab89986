package io.millrace.local.platform;

import static io.millrace.local.platform.TestPlatforms.awaitReminder;
import static io.millrace.local.platform.TestPlatforms.options;
import static io.millrace.local.platform.TestPlatforms.publish;
import static io.millrace.local.platform.TestPlatforms.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.local.cli.CommandRunner;
import io.millrace.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformITCase {

    @TempDir
    private Path data;

    @Test
    void whatIsPendingGoesOnFromTheNewestCheckpointThatCanBeRestoredAndANewJobStartsEmpty() throws IOException {
        PlatformOptions options = options(data);
        Instant later;
        try (Platform platform = Platform.start(options, List.of(TestPlatforms.job("tasks")), progress -> {})) {
            publish(platform, task("t-1", Instant.now().plusSeconds(2)));
            JsonNode reminder = awaitReminder(platform, "t-1");
            assertThat(reminder.path("late_by_ms").asLong()).isBetween(0L, 10_000L);

            later = Instant.now().plusSeconds(8);
            publish(platform, task("t-2", later));
        }
        Path broken = checkpointOfAnotherJob();

        try (Platform platform = Platform.start(options, TestPlatforms.first(), progress -> {})) {
            assertThat(platform.flink()
                            .checkpoints(TestPlatforms.job("tasks").jobId())
                            .restoredFrom())
                    .contains("/chk-")
                    .doesNotContain("chk-1000000");
            assertThat(broken).doesNotExist();
            assertThat(platform.flink()
                            .checkpoints(TestPlatforms.job("agents").jobId())
                            .restoredFrom())
                    .isNull();
            JsonNode reminder = awaitReminder(platform, "t-2");
            assertThat(Instant.parse(reminder.path("sent_at").asText())).isAfterOrEqualTo(later.minusMillis(1));
        }
    }

    private Path checkpointOfAnotherJob() throws IOException {
        Path directory =
                data.resolve("checkpoints").resolve(TestPlatforms.job("tasks").jobId());
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
        return broken;
    }

    @Test
    void aPortInUseStopsTheStartAndLeavesNothingBehind() throws IOException {
        PlatformOptions options = options(data);
        try (ServerSocket taken = new ServerSocket(options.webPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Platform.start(options, TestPlatforms.first(), progress -> {}))
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--web-port");
        }
        DataDirectory.lock(data).close();
    }

    /** {@link DashboardsITCase} has those that start. */
    @Test
    void aJobThatStartsLaterAndDoesNotIsToldOfAndTheOthersStart() throws IOException {
        LocalJob digest = TestPlatforms.job("digest");
        LocalJob later = TestPlatforms.job("analytics");
        LocalJob next = TestPlatforms.job("slo");
        LocalJob broken = new LocalJob(
                later.name(),
                data.resolve("missing.jar"),
                later.entryClass(),
                later.consumerGroup(),
                later.inputs(),
                later.topics(),
                later.topicsOfEach(),
                later.settings(),
                true);
        try (Platform platform = Platform.start(options(data), List.of(digest, broken, next), progress -> {})) {
            Await.until("the failure", () -> "none failed", () -> platform.laterFailure()
                    .isPresent());
            assertThat(platform.laterFailure().orElseThrow()).contains("missing.jar is missing");
            Await.until("the job after it", () -> "it does not run", () -> platform.startedJobs()
                    .contains(next));
            assertThat(platform.allRun()).isFalse();
            assertThat(platform.flink().job(digest.jobId()).orElseThrow().isFullyRunning())
                    .isTrue();
        }
    }

    @Test
    void theDemoEndsByItselfAndSaysWhatHappened() throws IOException {
        PlatformOptions options = options(data);
        CommandRunner commands = new CommandRunner();

        int status = commands.run(
                "demo",
                "--jobs",
                "tasks,agents,digest",
                "--seconds",
                "12",
                "--data-dir",
                data.toString(),
                "--kafka-port",
                "" + options.kafkaPort(),
                "--web-port",
                "" + options.webPort(),
                "--metrics-port",
                "" + options.metricsPort(),
                "--gateway-port",
                "0");

        assertThat(commands.out())
                .contains("Summary of 12 s")
                .contains("lateness at the broker")
                .containsPattern("Clean: \\d+ events")
                .containsPattern("Clean: [1-9]\\d* calls of agents")
                .doesNotContain(" 0 answered");
        assertThat(status).as(commands.out()).isZero();
    }
}
