package io.millrace.jobs.tasks;

import io.millrace.logic.task.SeriesKey;
import io.millrace.operators.codec.CodecTypeInfo;
import io.millrace.operators.task.ReadTaskEvents;
import io.millrace.operators.task.TaskOutputs;
import io.millrace.operators.task.TasksOperator;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.IncomingTaskCodec;
import io.millrace.schema.wire.OutboundRecord;
import io.millrace.schema.wire.SourceRecord;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph of the tasks job: read, decide per series, write. */
final class TasksPipeline {
    private static final TypeInformation<OutboundRecord> OUTBOUND = TypeInformation.of(OutboundRecord.class);

    private TasksPipeline() {}

    static void build(
            StreamExecutionEnvironment env, TasksConfig config, Source<SourceRecord, ?, ?> source, TasksSinks sinks) {
        SingleOutputStreamOperator<IncomingTask> events = env.fromSource(
                        // The source's own watermarks say how far behind the log it is; records need none.
                        source, WatermarkStrategy.noWatermarks(), "task-events")
                .uid(TasksUids.SOURCE)
                .process(new ReadTaskEvents(), CodecTypeInfo.by(IncomingTaskCodec.class))
                .name("read-task-events")
                .uid(TasksUids.READ);

        SingleOutputStreamOperator<OutboundRecord> updates = events.keyBy(
                        task -> SeriesKey.encoded(task.event()), Types.STRING)
                .transform(
                        "tasks",
                        OUTBOUND,
                        new TasksOperator(config.tasks(), config.reminderCatchUp(), config.lateAfter()))
                .uid(TasksUids.TASKS);

        updates.sinkTo(sinks.updates()).name("task-updates").uid(TasksUids.UPDATES);
        updates.getSideOutput(TaskOutputs.REMINDERS)
                .sinkTo(sinks.reminders())
                .name("reminders")
                .uid(TasksUids.REMINDERS);
        updates.getSideOutput(TaskOutputs.ANNOUNCEMENTS)
                .sinkTo(sinks.announcements())
                .name("announced-occurrences")
                .uid(TasksUids.ANNOUNCEMENTS);
        events.getSideOutput(TaskOutputs.DEAD_LETTERS)
                .union(updates.getSideOutput(TaskOutputs.DEAD_LETTERS))
                .sinkTo(sinks.deadLetters())
                .name("task-events-dlq")
                .uid(TasksUids.DEAD_LETTERS);
    }
}
