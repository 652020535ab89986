package io.millrace.testing.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JarRun;
import io.millrace.operations.flink.JobOverview;
import io.millrace.testing.Await;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class FlinkProcessesITCase {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String JOB_ID = "00000000000000000000000000000042";

    @TempDir
    Path directory;

    @Test
    void aJobSurvivesAKilledTaskManagerAndIsRedeployedFromASavepoint() throws Exception {
        try (FlinkProcesses cluster = FlinkProcesses.in(directory, System.getProperty("java.class.path"))
                .taskManagers(1, 2)
                .memory(128, 64)
                .jobManagerHeap(384)
                .setting("parallelism.default", "2")
                .setting("restart-strategy.type", "fixed-delay")
                .setting("restart-strategy.fixed-delay.attempts", "1000")
                .setting("restart-strategy.fixed-delay.delay", "200 ms")
                .setting("execution.checkpointing.interval", "300 ms")
                .setting(
                        "execution.checkpointing.dir",
                        directory.resolve("checkpoints").toUri().toString())
                .start()) {
            FlinkRest rest = cluster.rest();
            JobWaits jobs = cluster.jobs();
            assertThat(rest.taskManagers()).containsExactly("taskmanager-0");
            assertThat(cluster.restUrl()).startsWith("http://localhost:");

            // Given a job of a chosen id that makes checkpoints
            String jar = rest.uploadJar(jar());
            String job = rest.runJar(jar, JarRun.of(EndlessJob.class.getName()).as(JOB_ID));
            assertThat(job).isEqualTo(JOB_ID);
            jobs.awaitRunning(job, LIMIT);
            jobs.awaitCheckpoints(job, 1, LIMIT);
            assertThat(rest.newestJob("endless")).map(JobOverview::id).contains(job);
            assertThat(rest.checkpoints(job).lastPath()).contains("chk-");

            // When its TaskManager is killed and another one started
            cluster.killTaskManager(0);
            assertThat(cluster.startTaskManager()).isEqualTo(1);
            assertThat(cluster.runningTaskManagers()).containsExactly(1);

            // Then it is restored from a checkpoint
            Await.until(
                    "a restore",
                    LIMIT,
                    cluster::describe,
                    () -> rest.checkpoints(job).restored() >= 1);
            jobs.awaitRunning(job, LIMIT);

            // When it is stopped with a savepoint and started from it, then it runs
            String savepoint = jobs.stopWithSavepoint(job, directory.resolve("savepoints"), LIMIT);
            String second = rest.runJar(
                    jar,
                    JarRun.of(EndlessJob.class.getName()).from(savepoint).with(Map.of("parallelism.default", "1")));
            jobs.awaitRunning(second, LIMIT);
            assertThat(rest.checkpoints(second).restored()).isEqualTo(1);
            jobs.cancel(second, LIMIT);
            assertThat(rest.job(second)).map(JobOverview::state).contains("CANCELED");

            // What fails says why
            String failing = rest.runJar(
                    jar, JarRun.of(EndlessJob.class.getName(), "fail").with(Map.of("restart-strategy.type", "none")));
            assertThatThrownBy(() -> jobs.awaitState(failing, "CANCELED", LIMIT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("as was asked for");
            assertThatThrownBy(() -> jobs.awaitRunning(failing, LIMIT)).hasMessageContaining("FAILED");
        }
    }

    @Test
    void aClusterThatDoesNotStartShowsItsLog() {
        FlinkProcesses.Builder builder = FlinkProcesses.in(directory, "/no/such/classes");

        assertThatThrownBy(builder::start)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("jobmanager ended with status 1")
                .hasMessageContaining("StandaloneSessionClusterEntrypoint");
    }

    private Path jar() throws Exception {
        Path jar = directory.resolve("endless.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : new Class<?>[] {EndlessJob.class, EndlessJob.Slowly.class}) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
            }
        }
        return jar;
    }
}
