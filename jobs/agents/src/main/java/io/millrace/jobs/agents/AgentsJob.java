package io.millrace.jobs.agents;

import io.millrace.connectors.kafka.TopicCheck;
import io.millrace.connectors.kafka.TopicCheck.Use;
import io.millrace.jobs.runtime.JobEnvironment;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the agents job on a Flink cluster. docs/agents.md lists its settings. */
public final class AgentsJob {
    private static final String NAME = "agents";

    private AgentsJob() {}

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment env = JobEnvironment.create();
        define(env, arguments);
        env.execute(NAME);
    }

    /**
     * Builds the job in an environment, with real sources and sinks.
     *
     * @param arguments as of {@link #main}
     * @throws IllegalArgumentException naming the setting that is wrong
     * @throws IllegalStateException when a topic is missing or not stamped by the broker
     */
    public static void define(StreamExecutionEnvironment env, String[] arguments) {
        AgentsConfig config = AgentsConfig.load(arguments, System.getenv());
        List<Use> uses = new ArrayList<>(List.of(
                Use.read(config.calls()),
                Use.read(config.registry()),
                Use.readAndWrite(config.outcomes(), AgentsSinks.OWN_RECORD_BYTES),
                Use.write(config.results(), AgentsSinks.OWN_RECORD_BYTES),
                Use.write(config.callDeadLetters(), config.maxRecordBytes()),
                Use.write(config.registryDeadLetters(), config.maxRecordBytes()),
                Use.write(config.outcomeDeadLetters(), config.maxRecordBytes())));
        config.tenants().bound().values().forEach(topic -> uses.add(new Use(topic, true, 0)));
        TopicCheck.require(config.kafka().adminProperties(), uses);
        AgentsPipeline.build(
                env,
                config,
                AgentsSources.kafka(config),
                AgentsSinks.kafka(config),
                new KafkaTopicDirectory(config.kafka().adminProperties()));
    }
}
