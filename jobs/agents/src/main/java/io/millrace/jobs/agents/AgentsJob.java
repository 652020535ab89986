package io.millrace.jobs.agents;

import io.millrace.connectors.kafka.TopicCheck;
import io.millrace.jobs.runtime.JobEnvironment;
import java.util.Map;
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
        TopicCheck.require(
                config.kafka().adminProperties(),
                Map.of(
                        config.calls().topic(),
                        0,
                        config.registry().topic(),
                        0,
                        config.outcomes().topic(),
                        AgentsSinks.OWN_RECORD_BYTES,
                        config.results().topic(),
                        AgentsSinks.OWN_RECORD_BYTES,
                        config.callDeadLetters().topic(),
                        config.maxRecordBytes(),
                        config.registryDeadLetters().topic(),
                        config.maxRecordBytes(),
                        config.outcomeDeadLetters().topic(),
                        config.maxRecordBytes()));
        AgentsPipeline.build(
                env,
                config,
                AgentsSources.kafka(config),
                AgentsSinks.kafka(config),
                new KafkaTopicDirectory(config.kafka().adminProperties()));
    }
}
