package io.millrace.bench.reminders;

import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.jobs.tasks.TasksJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.AbstractCheckpointStats;
import org.apache.flink.runtime.checkpoint.CheckpointStatsStatus;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process that runs one tasks job at a time. */
final class JobCluster implements AutoCloseable {
    private static final long LIMIT_SECONDS = 600;
    private static final int CHECKPOINTS_REMEMBERED = 1_000;
    private static final MemorySize NETWORK = MemorySize.ofMebiBytes(128);

    private final Configuration configuration;
    private final Path directory;
    private final MiniCluster cluster;
    private JobID job;

    /** @param settings of Flink's, over those of every benchmark */
    JobCluster(Path directory, int slots, Duration checkpoints, Map<String, String> settings) throws Exception {
        this.directory = directory;
        configuration = configuration(directory, slots, checkpoints);
        settings.forEach(configuration::setString);
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
        cluster.start();
    }

    private static Configuration configuration(Path directory, int slots, Duration checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, slots);
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, CHECKPOINTS_REMEMBERED);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(
                RocksDBOptions.LOCAL_DIRECTORIES, directory.resolve("rocksdb").toString());
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpoints);
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512L * slots));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, NETWORK);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, NETWORK);
        return configuration;
    }

    /**
     * Starts the job and returns when it is submitted.
     *
     * @param arguments of {@link TasksJob}
     * @param savepoint to start from; null to start empty
     */
    void run(String[] arguments, String savepoint) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        JobEnvironment.prepare(env);
        TasksJob.JOB.define(env, arguments);
        JobGraph graph = env.getStreamGraph().getJobGraph();
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
        }
        job = graph.getJobID();
        cluster.submitJob(graph).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Stops the job; answers the path of its savepoint, in RocksDB's own files. */
    String stop() throws Exception {
        String savepoint = cluster.stopWithSavepoint(
                        job, directory.resolve("savepoints").toUri().toString(), false, SavepointFormatType.NATIVE)
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        cluster.requestJobResult(job).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return savepoint;
    }

    /** Takes a full checkpoint; answers its size in bytes. */
    long fullCheckpoint() throws Exception {
        long id = cluster.triggerCheckpoint(job, CheckpointType.FULL).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        return checkpoints().stream()
                .filter(checkpoint -> checkpoint.getCheckpointId() == id)
                .mapToLong(AbstractCheckpointStats::getStateSize)
                .findFirst()
                .orElseThrow();
    }

    /**
     * How long each complete checkpoint took that was triggered within a time, in milliseconds.
     *
     * @param from milliseconds since the epoch, as {@code to}
     */
    long[] checkpointMillis(long from, long to) throws Exception {
        return checkpoints().stream()
                .filter(checkpoint -> checkpoint.getStatus() == CheckpointStatsStatus.COMPLETED)
                .filter(checkpoint ->
                        checkpoint.getTriggerTimestamp() >= from && checkpoint.getTriggerTimestamp() <= to)
                .mapToLong(AbstractCheckpointStats::getEndToEndDuration)
                .toArray();
    }

    private List<AbstractCheckpointStats> checkpoints() throws Exception {
        return cluster.getExecutionGraph(job)
                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                .getCheckpointStatsSnapshot()
                .getHistory()
                .getCheckpoints();
    }

    /** Where RocksDB has its files. */
    Path stateDirectory() {
        return directory.resolve("rocksdb");
    }

    /** @throws IllegalStateException when the job has ended, or is restarting */
    void requireRunning() throws Exception {
        JobStatus status = cluster.getJobStatus(job).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (status != JobStatus.RUNNING) {
            throw new IllegalStateException("the tasks job is " + status);
        }
    }

    @Override
    public void close() throws Exception {
        cluster.closeAsync().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
