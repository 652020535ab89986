package io.millrace.jobs.tasks;

import io.millrace.connectors.kafka.TopicCheck;
import io.millrace.jobs.runtime.JobEnvironment;
import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs the tasks job on a Flink cluster. docs/tasks.md lists its settings. */
public final class TasksJob {
    private static final String NAME = "tasks";

    private TasksJob() {}

    public static void main(String[] arguments) throws Exception {
        TasksConfig config = TasksConfig.load(arguments, System.getenv());
        TopicCheck.requireLogAppendTime(
                config.kafka().adminProperties(),
                List.of(
                        config.taskEvents().topic(),
                        config.taskUpdates().topic(),
                        config.reminders().topic(),
                        config.deadLetters().topic()));
        StreamExecutionEnvironment env = JobEnvironment.create();
        build(env, config);
        env.execute(NAME);
    }

    /** The graph, reading from and writing to Kafka. */
    static void build(StreamExecutionEnvironment env, TasksConfig config) {
        Source<SourceRecord, ?, ?> source = config.kafka()
                .source(
                        config.taskEvents().topic(),
                        config.groupId(),
                        config.inputClockIdle(),
                        config.inputClockMaxHold());
        TasksPipeline.build(env, config, source, TasksSinks.kafka(config));
    }
}
