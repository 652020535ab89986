package io.millrace.jobs.tasks;

import io.millrace.connectors.kafka.TopicCheck;
import io.millrace.connectors.kafka.TopicCheck.Use;
import io.millrace.jobs.runtime.JobEnvironment;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the tasks job on a Flink cluster. docs/tasks.md lists its settings. */
public final class TasksJob {
    private static final String NAME = "tasks";

    private TasksJob() {}

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
        TasksConfig config = TasksConfig.load(arguments, System.getenv());
        TopicCheck.require(
                config.kafka().adminProperties(),
                List.of(
                        Use.readAndWrite(config.taskEvents(), TasksSinks.OWN_RECORD_BYTES),
                        Use.write(config.taskUpdates(), TasksSinks.OWN_RECORD_BYTES),
                        Use.write(config.reminders(), TasksSinks.OWN_RECORD_BYTES),
                        Use.write(config.deadLetters(), config.maxRecordBytes())));
        TasksPipeline.build(
                env,
                config,
                config.kafka().source(config.taskEvents().topic(), config.groupId(), config.inputClockMaxHold()),
                TasksSinks.kafka(config));
    }
}
