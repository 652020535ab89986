package io.millrace.bench;

import io.millrace.contestants.Assignment;
import io.millrace.contestants.ClientSettings;
import io.millrace.contestants.Contestant;
import io.millrace.contestants.ContestantProcess;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.jobs.tasks.TasksJob;
import java.util.Arrays;
import java.util.List;
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

/** A job on a local Flink cluster, one cluster for each run: RocksDB, incremental checkpoints, no restarts. */
final class FlinkContestant implements Contestant {
    static final String COPY = "copy";
    static final String TASKS = "tasks";
    private static final long CANCEL_LIMIT_SECONDS = 60;

    private final String job;
    private final List<String> settings;

    private FlinkContestant(String job, List<String> settings) {
        this.job = job;
        this.settings = settings;
    }

    /** @param arguments Kafka's address, the number of slots, the job, and Flink settings {@code KEY=VALUE} */
    public static void main(String[] arguments) {
        List<String> settings = Arrays.asList(arguments).subList(3, arguments.length);
        ContestantProcess.run(
                new FlinkContestant(arguments[2], settings), arguments[0], Integer.parseInt(arguments[1]));
    }

    @Override
    public AutoCloseable start(Assignment assignment, Consumer<Throwable> onFailure) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(assignment.slots(), configuration(assignment));
        JobEnvironment.prepare(env);
        if (job.equals(COPY)) {
            CopyJob.define(
                    env, assignment.bootstrapServers(), assignment.input(), assignment.output(), assignment.output());
        } else {
            TasksJob.JOB.define(env, new String[] {
                "--kafka.bootstrap-servers", assignment.bootstrapServers(),
                "--kafka.group-id", assignment.output(),
                "--topics.task-events", assignment.input(),
                "--topics.task-updates", assignment.output()
            });
        }
        JobClient client = env.executeAsync(assignment.output());
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

    private Configuration configuration(Assignment assignment) {
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
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            configuration.setString(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return configuration;
    }
}
