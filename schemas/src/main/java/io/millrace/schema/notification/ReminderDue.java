package io.millrace.schema.notification;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;

/**
 * What is told of a reminder.
 *
 * @param dueAt null for a task without a due date
 */
@Event(type = "reminder.due")
public record ReminderDue(
        Envelope envelope,
        @Field(value = Value.USER_ID) String userId,
        @Field(value = Value.TASK_ID) String taskId,
        @Field(value = Value.TITLE) String title,
        @Field(optional = true) Instant dueAt) {

    private static final EventType<ReminderDue> TYPE = EventType.of(ReminderDue.class);

    /** @throws RejectedEventException when the record holds no reminder */
    public static ReminderDue read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
