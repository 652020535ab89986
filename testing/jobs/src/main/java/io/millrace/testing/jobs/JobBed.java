package io.millrace.testing.jobs;

import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.flink.JobCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Kafka broker and a Flink cluster beside it, on which a job is run. */
public record JobBed(Job job, KafkaBroker broker, JobCluster cluster) implements AutoCloseable {

    public static JobBed start(Job job, Path directory, int taskManagers, int slotsEach) throws Exception {
        KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
        return new JobBed(job, broker, JobCluster.start(directory.resolve("flink"), taskManagers, slotsEach));
    }

    public JobID run(int parallelism, List<String> arguments) throws Exception {
        return cluster.run(parallelism, definition(job, arguments));
    }

    public JobID resume(int parallelism, List<String> arguments, String savepoint) throws Exception {
        return cluster.resume(parallelism, definition(job, arguments), savepoint);
    }

    /** What builds a job in an environment. */
    public static Consumer<StreamExecutionEnvironment> definition(Job job, List<String> arguments) {
        return env -> job.define(JobEnvironment.prepare(env), arguments.toArray(String[]::new));
    }

    /** Topics of their own for one run of the job. */
    public JobTopics topics(String prefix) {
        return JobTopics.make(broker, job, prefix);
    }

    @Override
    public void close() throws Exception {
        try (broker) {
            cluster.close();
        }
    }
}
