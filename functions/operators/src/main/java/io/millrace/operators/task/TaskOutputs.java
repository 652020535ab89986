package io.millrace.operators.task;

import io.millrace.logic.task.TaskCommand;
import io.millrace.operators.deadletter.Rejections;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.ReminderWriter;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventWriter;
import io.millrace.schema.task.TaskView;
import io.millrace.schema.task.TaskViewWriter;
import io.millrace.schema.wire.OutboundRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Where the commands of the task decisions go: each becomes a record of one of the operator's outputs. */
public final class TaskOutputs {
    public static final OutputTag<OutboundRecord> REMINDERS = tag("reminders");
    public static final OutputTag<OutboundRecord> ANNOUNCEMENTS = tag("announcements");

    private final Output<StreamRecord<OutboundRecord>> output;
    private final TaskMetrics metrics;
    private final Rejections rejections;
    private final long reminderCatchUpMillis;
    private final long lateAfterMillis;

    TaskOutputs(
            Output<StreamRecord<OutboundRecord>> output,
            TaskMetrics metrics,
            Rejections rejections,
            long reminderCatchUpMillis,
            long lateAfterMillis) {
        this.output = output;
        this.metrics = metrics;
        this.rejections = rejections;
        this.reminderCatchUpMillis = reminderCatchUpMillis;
        this.lateAfterMillis = lateAfterMillis;
    }

    private static OutputTag<OutboundRecord> tag(String id) {
        return new OutputTag<>(id, TypeInformation.of(OutboundRecord.class));
    }

    /**
     * @param causedAt log time of the record, or the moment, that led to the command, milliseconds since the epoch
     * @param wallClock milliseconds since the epoch
     */
    void send(TaskCommand command, long causedAt, long wallClock) {
        if (command instanceof TaskCommand.Publish publish) {
            TaskView view = publish.view();
            metrics.eventToUpdate.update(Math.max(0, wallClock - causedAt));
            output.collect(new StreamRecord<>(OutboundRecord.of(
                    view.userId(), TaskViewWriter.write(view), view.correlationId(), view.traceparent())));
        } else if (command instanceof TaskCommand.Remind remind) {
            remind(remind.reminder(), wallClock);
        } else if (command instanceof TaskCommand.Announce announce) {
            TaskEvent created = announce.created();
            metrics.occurrencesMade.inc();
            output.collect(
                    ANNOUNCEMENTS,
                    new StreamRecord<>(OutboundRecord.of(
                            created.userId(),
                            TaskEventWriter.write(created),
                            created.correlationId(),
                            created.traceparent())));
        } else if (command instanceof TaskCommand.Reject reject) {
            output.collect(
                    Rejections.DEAD_LETTERS,
                    new StreamRecord<>(rejections.reject(reject.source(), reject.code(), reject.message())));
        } else {
            throw new IllegalArgumentException("no output for " + command);
        }
    }

    private void remind(Reminder reminder, long wallClock) {
        long lateness = Math.max(0, wallClock - reminder.remindAt());
        long useful = reminder.catchUpMillis() >= 0 ? reminder.catchUpMillis() : reminderCatchUpMillis;
        if (lateness > useful && lateness > lateAfterMillis) {
            metrics.remindersTooLate.inc();
            return;
        }
        metrics.reminders.inc();
        metrics.reminderLateness.update(lateness);
        output.collect(
                REMINDERS,
                new StreamRecord<>(OutboundRecord.of(
                        reminder.userId(),
                        ReminderWriter.write(reminder, wallClock, lateAfterMillis),
                        reminder.correlationId(),
                        reminder.traceparent())));
    }
}
