package io.millrace.schema.analytics;

import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.time.Instant;

/** What figures need of a reminder. */
@Event(type = "reminder.due")
public record ReminderSent(Envelope envelope, @Field Instant sentAt, @Field boolean snoozed, @Field long lateByMs) {

    private static final EventType<ReminderSent> TYPE = EventType.of(ReminderSent.class);

    /** @throws RejectedEventException when the record holds no reminder */
    public static ReminderSent read(SourceRecord source) throws RejectedEventException {
        return TYPE.read(source);
    }
}
