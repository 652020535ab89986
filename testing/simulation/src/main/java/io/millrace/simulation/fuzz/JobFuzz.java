package io.millrace.simulation.fuzz;

import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.jobs.tasks.TasksJob;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Publishes malformed events to the real job, at a steady rate, on a broker and a cluster in this process. Each must
 * come to what {@link Judge} says of it: a view or no record at all, or a dead letter with its bytes, and that within a
 * second.
 */
public final class JobFuzz {
    static final int PARTITIONS = 4;

    /** At which the job keeps up on one core: how fast it can go is for the benchmarks to say. */
    private static final double PER_SECOND = 4_000;

    /** So that nothing that waits for its task is given up in the middle of a run, at a time that chance decides. */
    private static final String UNKNOWN_TASK_WAIT = "2 h";

    private final PrintStream out;

    public JobFuzz(PrintStream out) {
        this.out = out;
    }

    /** True when every input was accepted or became its dead letter, in time, and the job never failed. */
    public boolean run(long seed, long inputs) throws Exception {
        out.printf(Locale.ROOT, "fuzzing the job with seed %d, %,.0f inputs a second%n", seed, PER_SECOND);
        Path directory = Files.createTempDirectory("millrace-fuzz");
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
                TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
            topics.ensureTaskTopics(PARTITIONS);
            JobClient job = start(broker, directory);
            try (FuzzPublisher publisher = new FuzzPublisher(broker.bootstrapServers(), seed)) {
                publisher.publish(inputs, PER_SECOND, out);
                Ledger ledger = Ledger.of(broker.bootstrapServers(), publisher);
                out.println(ledger.expectations());
                boolean complete = ledger.awaitOutputs(broker.bootstrapServers());
                JobStatus status = job.getJobStatus().get(1, TimeUnit.MINUTES);
                out.println(ledger.report());
                // Without a restart strategy a job that fails once does not run any more.
                out.println("the job is " + status + " and was never restarted");
                return complete && ledger.isClean() && status == JobStatus.RUNNING;
            } finally {
                job.cancel().get(1, TimeUnit.MINUTES);
            }
        } finally {
            delete(directory);
        }
    }

    private static JobClient start(KafkaBroker broker, Path directory) throws Exception {
        Configuration settings = Configuration.fromMap(Map.of(
                "rest.port",
                "0",
                "state.backend.type",
                "rocksdb",
                "restart-strategy.type",
                "none",
                "execution.checkpointing.interval",
                "5 s",
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString(),
                "taskmanager.memory.managed.size",
                "256m",
                "taskmanager.memory.network.min",
                "64m",
                "taskmanager.memory.network.max",
                "64m"));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, settings);
        JobEnvironment.prepare(env);
        TasksJob.JOB.define(
                env,
                List.of(
                                "--kafka.bootstrap-servers",
                                broker.bootstrapServers(),
                                "--unknown-task-wait",
                                UNKNOWN_TASK_WAIT)
                        .toArray(String[]::new));
        return env.executeAsync("fuzzed-tasks");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
