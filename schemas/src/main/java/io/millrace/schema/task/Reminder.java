package io.millrace.schema.task;

import java.util.UUID;

/**
 * A moment at which a person is to be reminded of a task: {@code reminder.due} less what is known only when it is sent.
 *
 * @param eventId deterministic: a reminder sent again has the same id
 * @param seriesId null for a task that does not recur
 * @param dueAt milliseconds since the epoch; null for a snoozed task without a due date
 * @param remindAt the moment, milliseconds since the epoch
 * @param remindBeforeMinutes from the moment to the due date; negative when snoozed past it
 * @param catchUpMillis how late the reminder is still useful; negative for the job's default
 * @param traceparent may be null, as {@code correlationId}
 */
public record Reminder(
        UUID eventId,
        String tenant,
        String userId,
        String taskId,
        String seriesId,
        String title,
        Long dueAt,
        long remindAt,
        int remindBeforeMinutes,
        boolean snoozed,
        long catchUpMillis,
        String correlationId,
        String traceparent) {}
