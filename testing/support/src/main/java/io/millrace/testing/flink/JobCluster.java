package io.millrace.testing.flink;

import io.millrace.testing.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM, with RocksDB and checkpoints, on which jobs are run, killed, stopped and resumed. */
public final class JobCluster implements AutoCloseable {
    private static final long CALL_SECONDS = 60;

    private final MiniCluster cluster;
    private final Configuration settings;
    private final Path savepoints;

    /** TaskManagers are counted in the order of their start; the first {@code ended} ones are gone. */
    private int started;

    private int ended;

    private JobCluster(MiniCluster cluster, Configuration settings, Path savepoints, int taskManagers) {
        this.cluster = cluster;
        this.settings = settings;
        this.savepoints = savepoints;
        this.started = taskManagers;
    }

    public static JobCluster start(Path directory, int taskManagers, int slotsEach) throws Exception {
        return start(directory, taskManagers, slotsEach, Map.of());
    }

    /** @param more settings of Flink, in place of what this class chooses */
    public static JobCluster start(Path directory, int taskManagers, int slotsEach, Map<String, String> more)
            throws Exception {
        Configuration settings = settings(directory);
        settings.addAll(Configuration.fromMap(more));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(taskManagers)
                .setNumSlotsPerTaskManager(slotsEach)
                .build());
        cluster.start();
        return new JobCluster(cluster, settings, directory.resolve("savepoints"), taskManagers);
    }

    private static Configuration settings(Path directory) {
        return Configuration.fromMap(Map.ofEntries(
                Map.entry("rest.port", "0"),
                Map.entry("io.tmp.dirs", directory.resolve("tmp").toString()),
                Map.entry("taskmanager.memory.managed.size", "128m"),
                Map.entry("taskmanager.memory.network.min", "32m"),
                Map.entry("taskmanager.memory.network.max", "32m"),
                Map.entry("state.backend.type", "rocksdb"),
                Map.entry("execution.checkpointing.interval", "500 ms"),
                Map.entry("execution.checkpointing.incremental", "true"),
                Map.entry(
                        "execution.checkpointing.dir",
                        directory.resolve("checkpoints").toUri().toString()),
                Map.entry("execution.checkpointing.tolerable-failed-checkpoints", "100"),
                Map.entry("restart-strategy.type", "fixed-delay"),
                Map.entry("restart-strategy.fixed-delay.attempts", "20"),
                Map.entry("restart-strategy.fixed-delay.delay", "100 ms")));
    }

    /** Runs a job without state and returns when each of its tasks runs. */
    public JobID run(int parallelism, Consumer<StreamExecutionEnvironment> job) throws Exception {
        return run(parallelism, job, SavepointRestoreSettings.none());
    }

    /** Runs a job from a savepoint; all of its state must find its operator. */
    public JobID resume(int parallelism, Consumer<StreamExecutionEnvironment> job, String savepoint) throws Exception {
        return run(parallelism, job, SavepointRestoreSettings.forPath(savepoint, false));
    }

    private JobID run(int parallelism, Consumer<StreamExecutionEnvironment> definition, SavepointRestoreSettings from)
            throws Exception {
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(settings);
        env.setParallelism(parallelism);
        definition.accept(env);
        JobGraph graph = env.getStreamGraph().getJobGraph();
        graph.setSavepointRestoreSettings(from);
        JobID job = cluster.submitJob(graph).get(CALL_SECONDS, TimeUnit.SECONDS).getJobID();
        awaitRunning(job);
        return job;
    }

    /** Returns when each task of the job runs, which is after its state was restored. */
    public void awaitRunning(JobID job) throws Exception {
        Await.until("job runs", () -> "its state is " + status(job), () -> {
            if (status(job).isGloballyTerminalState()) {
                Throwable reason = graph(job).getFailureInfo().getException();
                throw new AssertionError("the job ended: " + status(job), reason);
            }
            // While the JobManager makes it there are no tasks.
            return status(job) == JobStatus.RUNNING
                    && vertices(job).stream().allMatch(vertex -> vertex.getExecutionState() == ExecutionState.RUNNING);
        });
    }

    /** Stops the job with a savepoint in the canonical format, and says where it is. */
    public String stop(JobID job) throws Exception {
        String savepoint = cluster.stopWithSavepoint(job, savepoints.toString(), false, SavepointFormatType.CANONICAL)
                .get(CALL_SECONDS, TimeUnit.SECONDS);
        awaitEnd(job);
        return savepoint;
    }

    public void cancel(JobID job) throws Exception {
        cluster.cancelJob(job).get(CALL_SECONDS, TimeUnit.SECONDS);
        awaitEnd(job);
    }

    private void awaitEnd(JobID job) throws Exception {
        Await.until("job ends", () -> "its state is " + status(job), () -> status(job)
                .isGloballyTerminalState());
    }

    /** Ends all TaskManagers with their tasks and starts as many others. */
    public void replaceTaskManagers() throws Exception {
        int from = ended;
        int to = started;
        for (ended = from; ended < to; ended++) {
            cluster.terminateTaskManager(ended).get(CALL_SECONDS, TimeUnit.SECONDS);
        }
        for (int i = from; i < to; i++) {
            addTaskManager();
        }
    }

    public void addTaskManager() throws Exception {
        cluster.startTaskManager();
        started++;
    }

    /** How often tasks of the job were started again. */
    public int restarts(JobID job) throws Exception {
        return vertices(job).stream()
                .mapToInt(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElse(0);
    }

    /** Returns when a checkpoint that began after this call is complete. */
    public void awaitCheckpoint(JobID job) throws Exception {
        cluster.triggerCheckpoint(job).get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private JobStatus status(JobID job) {
        try {
            return cluster.getJobStatus(job).get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the cluster does not answer", e);
        }
    }

    private AccessExecutionGraph graph(JobID job) throws Exception {
        return cluster.getExecutionGraph(job).get(CALL_SECONDS, TimeUnit.SECONDS);
    }

    private List<? extends AccessExecutionVertex> vertices(JobID job) throws Exception {
        return graph(job).getAllVertices().values().stream()
                .flatMap(vertex -> List.of(vertex.getTaskVertices()).stream())
                .toList();
    }

    @Override
    public void close() throws Exception {
        cluster.closeAsync().get(CALL_SECONDS, TimeUnit.SECONDS);
    }
}
