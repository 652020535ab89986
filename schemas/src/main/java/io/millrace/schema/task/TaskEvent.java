package io.millrace.schema.task;

import io.millrace.schema.wire.Envelope;
import java.time.Instant;
import java.util.UUID;

/**
 * One accepted event of {@code task-events}, schema version 1. Every component is validated: see docs/tasks.md for the
 * bounds.
 *
 * @param occurredAt when it happened for its producer, millisecond precision
 * @param tenant never null; {@link #DEFAULT_TENANT} when the event has none
 * @param correlationId may be null
 * @param traceparent W3C trace context of the producer; may be null
 * @param fields what the event says of the task's fields; {@link TaskFields#NONE} for events that carry none
 * @param snooze only for {@link TaskEventType#SNOOZED}, else null
 */
public record TaskEvent(
        UUID eventId,
        TaskEventType type,
        Instant occurredAt,
        String tenant,
        String userId,
        String taskId,
        String correlationId,
        String traceparent,
        TaskFields fields,
        Snooze snooze) {

    public static final int SCHEMA_VERSION = 1;
    public static final String DEFAULT_TENANT = Envelope.DEFAULT_TENANT;

    /** Separates the root's id from the RECURRENCE-ID in the id of an occurrence, and occurs in no other id. */
    public static final char OCCURRENCE_SEPARATOR = '~';

    /** The id of the series this event belongs to: the task's own, or the root of an occurrence. */
    public String rootId() {
        int separator = taskId.indexOf(OCCURRENCE_SEPARATOR);
        return separator < 0 ? taskId : taskId.substring(0, separator);
    }
}
