package io.millrace.jobs.tasks;

import io.millrace.connectors.kafka.TopicCheck;
import io.millrace.jobs.runtime.JobEnvironment;
import java.util.List;
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
        TasksPipeline.build(
                env,
                config,
                config.kafka()
                        .source(
                                config.taskEvents().topic(),
                                config.groupId(),
                                config.inputClockIdle(),
                                config.inputClockMaxHold()),
                TasksSinks.kafka(config));
        env.execute(NAME);
    }
}
