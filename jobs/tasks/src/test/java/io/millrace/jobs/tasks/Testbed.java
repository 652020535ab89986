package io.millrace.jobs.tasks;

import io.millrace.testing.kafka.KafkaBroker;
import java.nio.file.Path;

/** A Kafka broker and a Flink cluster beside it. */
record Testbed(KafkaBroker broker, TasksCluster cluster) implements AutoCloseable {

    static Testbed start(Path directory, int taskManagers, int slotsEach) throws Exception {
        KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
        return new Testbed(broker, TasksCluster.start(directory.resolve("flink"), taskManagers, slotsEach));
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
