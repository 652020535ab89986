package io.millrace.schema.task;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;

/**
 * What those who follow {@code task-updates} need of a view, which {@link TaskViewWriter} writes: what a person sees of a
 * task in a list.
 *
 * @param version count of the log events the task accepted; the highest is the latest
 * @param priority null when it has none, as {@code dueAt} and {@code timeZone}
 */
@Event(type = "task.changed")
public record TaskSummary(
        Envelope envelope,
        @Field(value = Value.USER_ID) String userId,
        @Field(value = Value.TASK_ID) String taskId,
        @Field(min = 1) long version,
        @Field TaskStatus status,
        @Field(value = Value.TITLE) String title,
        @Field(value = Value.PRIORITY, optional = true) Priority priority,
        @Field(optional = true) Instant dueAt,
        @Field(value = Value.TIME_ZONE, optional = true) String timeZone) {

    private static final EventType<TaskSummary> TYPE = EventType.of(TaskSummary.class);

    /** @throws RejectedEventException when the record holds no view */
    public static TaskSummary read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
