package io.millrace.bench;

import io.millrace.contestants.Assignment;
import io.millrace.contestants.Contestant;
import io.millrace.contestants.ContestantProcess;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.jobs.tasks.TasksJob;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on a local Flink cluster, one cluster for each run: RocksDB, incremental checkpoints, no restarts. */
final class FlinkContestant implements Contestant {
    static final String COPY = "copy";
    static final String TASKS = "tasks";

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
        Configuration configuration = LocalCluster.configuration(assignment);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            configuration.setString(setting.substring(0, equals), setting.substring(equals + 1));
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(assignment.slots(), configuration);
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
        return LocalCluster.execute(env, assignment.output(), onFailure);
    }
}
