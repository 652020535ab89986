package io.millrace.jobs.tasks;

import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.flink.JobCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Kafka broker and a Flink cluster beside it. */
record Testbed(KafkaBroker broker, JobCluster cluster) implements AutoCloseable {

    static Testbed start(Path directory, int taskManagers, int slotsEach) throws Exception {
        KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
        return new Testbed(broker, JobCluster.start(directory.resolve("flink"), taskManagers, slotsEach));
    }

    JobID run(int parallelism, List<String> arguments) throws Exception {
        return cluster.run(parallelism, job(arguments));
    }

    JobID resume(int parallelism, List<String> arguments, String savepoint) throws Exception {
        return cluster.resume(parallelism, job(arguments), savepoint);
    }

    static Consumer<StreamExecutionEnvironment> job(List<String> arguments) {
        return env -> TasksJob.JOB.define(JobEnvironment.prepare(env), arguments.toArray(String[]::new));
    }

    /** Topics of their own for one job. */
    TaskTopics topics(String prefix) {
        return TaskTopics.make(broker, prefix);
    }

    @Override
    public void close() throws Exception {
        try (broker) {
            cluster.close();
        }
    }
}
