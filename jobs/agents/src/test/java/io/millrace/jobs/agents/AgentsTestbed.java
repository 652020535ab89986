package io.millrace.jobs.agents;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.testing.flink.JobCluster;
import java.nio.file.Path;

/** A Kafka broker, a Flink cluster, and an agent behind HTTP. */
record AgentsTestbed(KafkaBroker broker, JobCluster cluster, HttpAgent agent) implements AutoCloseable {

    static AgentsTestbed start(Path directory, int taskManagers, int slotsEach) throws Exception {
        KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start();
        return new AgentsTestbed(
                broker, JobCluster.start(directory.resolve("flink"), taskManagers, slotsEach), HttpAgent.start());
    }

    /** Topics of their own for one job. */
    AgentTopics topics(String prefix) {
        return new AgentTopics(broker, prefix);
    }

    @Override
    public void close() throws Exception {
        try (broker;
                agent) {
            cluster.close();
        }
    }
}
