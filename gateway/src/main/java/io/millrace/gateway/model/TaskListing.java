package io.millrace.gateway.model;

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
import java.util.UUID;

/**
 * What lists of tasks need of a view on {@code task-updates}.
 *
 * @param description null when it has none, as {@code priority} and {@code dueAt}
 */
@Event(type = "task.changed")
record TaskListing(
        Envelope envelope,
        @Field(value = Value.USER_ID) String userId,
        @Field(value = Value.TASK_ID) String taskId,
        @Field(min = 1) long version,
        @Field TaskStatus status,
        @Field Cause cause,
        @Field(value = Value.TITLE) String title,
        @Field(max = 10_000, optional = true) String description,
        @Field(value = Value.PRIORITY, optional = true) Priority priority,
        @Field(max = 50, optional = true) List<String> tags,
        @Field(optional = true) Instant dueAt,
        @Field Instant createdAt,
        @Field Instant updatedAt) {

    private static final EventType<TaskListing> TYPE = EventType.of(TaskListing.class);

    /** The event that changed it. */
    record Cause(@Field UUID eventId) {}

    static TaskListing read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
