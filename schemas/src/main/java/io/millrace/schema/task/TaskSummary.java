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
 * @param version count of the log events the task accepted; of views with one {@code createdAt} the highest is the latest
 * @param priority null when it has none, as {@code dueAt} and {@code timeZone}
 * @param createdAt later when the id was forgotten and taken again; null when the view does not say
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
        @Field(value = Value.TIME_ZONE, optional = true) String timeZone,
        @Field(optional = true) Instant createdAt) {

    private static final EventType<TaskSummary> TYPE = EventType.of(TaskSummary.class);

    /**
     * Whether this view is later than one of the same task.
     *
     * @param created as {@link #createdMillis} of the other view
     */
    public boolean isAfter(long created, long otherVersion) {
        long own = createdMillis();
        return own > created || own == created && version > otherVersion;
    }

    /** Milliseconds since the epoch, 0 for unknown. */
    public long createdMillis() {
        return createdAt == null ? 0 : createdAt.toEpochMilli();
    }

    /** @throws RejectedEventException when the record holds no view */
    public static TaskSummary read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
