package io.millrace.schema.analytics;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.task.Priority;
import io.millrace.schema.task.TaskStatus;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;
import java.util.List;

/**
 * What figures need of a view of a task.
 *
 * @param seriesId null when it does not recur, as {@code priority} and {@code dueAt} when it has none
 * @param version count of the log events the task accepted; of views with one {@code createdAt} the highest is the latest
 */
@Event(type = "task.changed")
public record TaskChange(
        Envelope envelope,
        @Field(value = Value.TASK_ID) String taskId,
        @Field(value = Value.TASK_ID, optional = true) String seriesId,
        @Field(min = 1) long version,
        @Field TaskStatus status,
        @Field(value = Value.PRIORITY, optional = true) Priority priority,
        @Field(max = 50, optional = true) List<String> tags,
        @Field(optional = true) Instant dueAt,
        @Field Instant createdAt,
        @Field Instant updatedAt) {

    private static final EventType<TaskChange> TYPE = EventType.of(TaskChange.class);

    /** @throws RejectedEventException when the record holds no view */
    public static TaskChange read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
