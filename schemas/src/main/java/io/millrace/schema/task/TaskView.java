package io.millrace.schema.task;

import java.util.UUID;

/**
 * The full current view of a task after a change: {@code task.changed}. Times are milliseconds since the epoch.
 *
 * @param eventId uuid5(cause's event id, task id)
 * @param occurredAt when the cause happened
 * @param seriesId null for a task that does not recur, as {@code recurrenceId}
 * @param version count of the log events the task accepted
 * @param causeType wire name of the type of the event that changed it
 * @param fields all fields; the recurrence only for the root of a series
 * @param dueAt null without a due date
 * @param nextRemindAt null when no reminder is pending
 * @param updatedAt log time of the cause
 * @param correlationId of the cause; may be null, as {@code traceparent}
 */
public record TaskView(
        UUID eventId,
        long occurredAt,
        String tenant,
        String userId,
        String taskId,
        String seriesId,
        String recurrenceId,
        long version,
        TaskStatus status,
        UUID causeId,
        String causeType,
        TaskFields fields,
        Long dueAt,
        Long nextRemindAt,
        long createdAt,
        long updatedAt,
        String correlationId,
        String traceparent) {}
