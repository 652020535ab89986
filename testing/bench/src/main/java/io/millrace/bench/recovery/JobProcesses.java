package io.millrace.bench.recovery;

import io.millrace.jobs.tasks.TasksJob;
import io.millrace.operations.flink.FlinkRest;
import io.millrace.operations.flink.JarRun;
import io.millrace.testing.flink.FlinkProcesses;
import io.millrace.testing.flink.JobWaits;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tasks job, from its jar, on a Flink cluster of processes: the JobManager, and the TaskManager that is killed. */
final class JobProcesses implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int HEAP_MB = 1024;
    private static final int MANAGED_MB_PER_SLOT = 512;

    /** What the job's jar brings itself: a class of Flink's connector found outside would not see Kafka's inside. */
    private static final List<String> IN_THE_JAR =
            List.of("millrace-", "flink-connector-kafka", "kafka", "jackson-", "lib-recur");

    private final FlinkProcesses cluster;
    private final Path checkpoints;
    private final String job;
    private final JobWaits waits;

    JobProcesses(Path directory, RecoverySettings settings, List<String> arguments) throws Exception {
        checkpoints = directory.resolve("checkpoints");
        FlinkProcesses.Builder builder = FlinkProcesses.in(directory, classpathOfFlink())
                .taskManagers(1, settings.slots())
                .memory(HEAP_MB, MANAGED_MB_PER_SLOT * settings.slots())
                .taskManagerFlag("-XX:TieredStopAtLevel=4")
                .taskManagerFlag("-XX:-UseSerialGC")
                .taskManagerFlag("-XX:+UseParallelGC")
                .setting("parallelism.default", Integer.toString(settings.slots()))
                .setting("state.backend.type", "rocksdb")
                .setting(
                        "execution.checkpointing.interval",
                        settings.checkpoints().toMillis() + " ms")
                .setting("execution.checkpointing.incremental", "true")
                .setting("execution.checkpointing.dir", checkpoints.toUri().toString())
                .setting("restart-strategy.type", "fixed-delay")
                .setting("restart-strategy.fixed-delay.attempts", "1000")
                .setting("restart-strategy.fixed-delay.delay", "200 ms");
        for (Map.Entry<String, String> setting : settings.flink().entrySet()) {
            builder.setting(setting.getKey(), setting.getValue());
        }
        cluster = builder.start();
        FlinkRest rest = cluster.rest();
        job = rest.runJar(rest.uploadJar(jar()), JarRun.of(null, arguments));
        waits = new JobWaits(rest);
        waits.awaitRunning(job, LIMIT);
    }

    private static String classpathOfFlink() throws Exception {
        try (Stream<Path> libraries = Files.list(jar().getParent())) {
            return libraries
                    .filter(file ->
                            IN_THE_JAR.stream().noneMatch(file.getFileName().toString()::startsWith))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    /** The jar of the job: this benchmark has it on its own classpath, beside all other libraries. */
    private static Path jar() throws URISyntaxException {
        Path jar = Path.of(TasksJob.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("run ./millrace bench: the job is not in a jar, but in " + jar);
        }
        return jar;
    }

    /** Starts a TaskManager more, and returns when it is registered. */
    void startTaskManager() {
        cluster.startTaskManager();
    }

    /** Kills the TaskManager that has run longest, which is the one with the job. */
    void killTaskManager() {
        cluster.killTaskManager(cluster.runningTaskManagers().get(0));
    }

    /** Waits until that many more checkpoints are complete. */
    void awaitCheckpoints(int more) {
        waits.awaitCheckpoints(job, cluster.rest().checkpoints(job).completed() + more, LIMIT);
    }

    /** Waits until the job runs, after {@code restores} restores. */
    void requireRestores(int restores) {
        waits.awaitRunning(job, LIMIT);
        long restored = cluster.rest().checkpoints(job).restored();
        if (restored != restores) {
            throw new IllegalStateException("the job was restored " + restored + " times, not " + restores + "; "
                    + cluster.rest().lastFailure(job).orElse("it did not fail"));
        }
    }

    /** Where checkpoints are. */
    Path checkpoints() {
        return checkpoints;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
