package io.millrace.jobs.tasks;

import static io.millrace.jobs.runtime.JobPipeline.OUTBOUND;
import static org.apache.flink.configuration.ConfigOptions.key;

import io.millrace.jobs.runtime.Input;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobPipeline;
import io.millrace.jobs.runtime.Output;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskSettings;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.task.TaskOutputs;
import io.millrace.operators.task.TasksOperator;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.IncomingTaskCodec;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The tasks job: read, decide per series, write. docs/tasks.md lists its settings. */
public final class TasksJob {
    private static final Input EVENTS = Input.of(Topics.TASK_EVENTS, "Events in.");

    /** Views are many and small: a few milliseconds make batches of them. */
    private static final Output UPDATES =
            Output.to(Topics.TASK_UPDATES, "Views out.").lingering(Duration.ofMillis(5));

    /** Many reminders fall on the same full hour; one alone is hardly later for it. */
    private static final Output REMINDERS =
            Output.to(Topics.REMINDERS, "Reminders out.").lingering(Duration.ofMillis(2));

    private static final Output ANNOUNCEMENTS = Output.backTo(EVENTS).named("announced-occurrences");

    private static final ConfigOption<Duration> DEDUP_WINDOW = key("dedup-window")
            .durationType()
            .defaultValue(Duration.ofHours(24))
            .withDescription("For how long of log time an event id is remembered.");
    private static final ConfigOption<Duration> CLOSED_RETENTION = key("closed-retention")
            .durationType()
            .defaultValue(Duration.ofHours(24))
            .withDescription("For how long a closed task is remembered; at least dedup-window.");
    private static final ConfigOption<Duration> UNKNOWN_TASK_WAIT = key("unknown-task-wait")
            .durationType()
            .defaultValue(Duration.ofMinutes(5))
            .withDescription("For how long an event waits for the task.created of its task.");
    private static final ConfigOption<Duration> REMINDER_CATCH_UP = key("reminder-catch-up")
            .durationType()
            .defaultValue(Duration.ofHours(24))
            .withDescription("A reminder is not sent any more when it is later than this.");
    private static final ConfigOption<Duration> LATE_AFTER = key("late-after")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription("A reminder that is later than this is marked late.");

    /** Its uids, state and settings: what others depend on. */
    public static final Job JOB = new Job(
            "tasks",
            List.of(EVENTS),
            List.of(UPDATES, REMINDERS, ANNOUNCEMENTS),
            List.of(DEDUP_WINDOW, CLOSED_RETENTION, UNKNOWN_TASK_WAIT, REMINDER_CATCH_UP, LATE_AFTER),
            TasksJob::build);

    private TasksJob() {}

    public static void main(String[] arguments) throws Exception {
        JOB.run(arguments);
    }

    private static void build(JobPipeline job) {
        SingleOutputStreamOperator<IncomingTask> events =
                job.read(EVENTS, IncomingTask::read, CodecTypeInfo.by(IncomingTaskCodec.class));

        SingleOutputStreamOperator<OutboundRecord> updates = events.keyBy(
                        task -> SeriesKey.encoded(task.event()), Types.STRING)
                .transform("tasks", OUTBOUND, tasks(job))
                .uid("tasks");
        job.rejectedBy(updates, EVENTS);

        job.write(updates, UPDATES);
        job.write(updates.getSideOutput(TaskOutputs.REMINDERS), REMINDERS);
        job.write(updates.getSideOutput(TaskOutputs.ANNOUNCEMENTS), ANNOUNCEMENTS);
    }

    private static TasksOperator tasks(JobPipeline job) {
        return new TasksOperator(
                new TaskSettings(
                        job.setting(DEDUP_WINDOW), job.setting(CLOSED_RETENTION), job.setting(UNKNOWN_TASK_WAIT)),
                job.notNegative(REMINDER_CATCH_UP),
                job.notNegative(LATE_AFTER));
    }
}
