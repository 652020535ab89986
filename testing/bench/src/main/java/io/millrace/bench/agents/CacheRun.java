package io.millrace.bench.agents;

import io.millrace.jobs.agents.AgentsJob;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.flink.JobCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Calls whose answers are kept, beside a job that copies the same topic. */
public final class CacheRun implements AutoCloseable {
    private static final int INPUTS = 1_000;

    private final KafkaBroker broker;
    private final JobCluster cluster;
    private final SlowAgent agent;
    private final int calls;
    private int rounds;

    /** Waits for a topic to be full, and says how fast it became so: records per second. */
    @FunctionalInterface
    public interface Meter {
        double measure(String bootstrapServers, String topic, int expected) throws Exception;
    }

    /** A job that copies one topic to another. */
    @FunctionalInterface
    public interface Copy {
        void define(StreamExecutionEnvironment env, String bootstrapServers, String from, String to, String group);
    }

    /**
     * @param directory for everything; empty
     * @param flink settings of Flink
     */
    public CacheRun(Path directory, Map<String, String> flink, int calls) throws Exception {
        this.calls = calls;
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        cluster = JobCluster.start(directory.resolve("flink"), 1, 2, flink);
        agent = SlowAgent.start();
    }

    /** Answers from the cache and copies, records per second. */
    public record Rates(double hits, double copies) {}

    /** One round of each on the same calls. */
    public Rates round(Meter meter, Copy copy) throws Exception {
        String prefix = "round-" + rounds++ + "-";
        try (CallTopics topics = new CallTopics(broker, prefix)) {
            topics.register("kept", agent.url(0), ",\"cache\":{\"ttl_seconds\":3600}");
            for (int i = 0; i < calls; i++) {
                topics.call("kept", "k-" + i, "{\"question\":" + i % INPUTS + "}");
            }
            topics.flush();
            JobID answering =
                    cluster.run(2, env -> AgentsJob.JOB.define(JobEnvironment.prepare(env), topics.arguments()));
            double hits = meter.measure(broker.bootstrapServers(), topics.results(), calls);
            cluster.cancel(answering);

            String target = prefix + "copy";
            try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
                admin.ensure(List.of(TopicSpec.logAppended(target, CallTopics.PARTITIONS)));
            }
            JobID copying = cluster.run(
                    2,
                    env -> copy.define(
                            JobEnvironment.prepare(env),
                            broker.bootstrapServers(),
                            topics.calls(),
                            target,
                            prefix + "copy-group"));
            double copies = meter.measure(broker.bootstrapServers(), target, calls);
            cluster.cancel(copying);
            return new Rates(hits, copies);
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
        agent.close();
        broker.close();
    }
}
