package io.millrace.bench;

import io.millrace.contestants.Assignment;
import io.millrace.contestants.ClientSettings;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this process for one run: RocksDB, incremental checkpoints, no restarts. */
final class LocalCluster {
    private static final long CANCEL_LIMIT_SECONDS = 60;

    private LocalCluster() {}

    static StreamExecutionEnvironment environment(Assignment assignment) {
        return StreamExecutionEnvironment.createLocalEnvironment(assignment.slots(), configuration(assignment));
    }

    static Configuration configuration(Assignment assignment) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, ClientSettings.COMMIT_INTERVAL);
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                assignment.directory().toUri().toString());
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                new MemorySize(ClientSettings.STATE_BYTES_PER_SLOT * assignment.slots()));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(128));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        return configuration;
    }

    /**
     * Runs the job until the result is closed.
     *
     * @param onFailure is told when the job ends before
     */
    static AutoCloseable execute(StreamExecutionEnvironment env, String name, Consumer<Throwable> onFailure)
            throws Exception {
        JobClient client = env.executeAsync(name);
        AtomicBoolean closing = new AtomicBoolean();
        client.getJobExecutionResult().whenComplete((result, failure) -> {
            if (!closing.get()) {
                onFailure.accept(failure == null ? new IllegalStateException("the job has ended") : failure);
            }
        });
        return () -> {
            closing.set(true);
            cancel(client);
        };
    }

    private static void cancel(JobClient client) throws Exception {
        client.cancel().get(CANCEL_LIMIT_SECONDS, TimeUnit.SECONDS);
        try {
            client.getJobExecutionResult().get(CANCEL_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (CancellationException | ExecutionException e) {
            // That is how a cancelled job ends.
        }
    }
}
