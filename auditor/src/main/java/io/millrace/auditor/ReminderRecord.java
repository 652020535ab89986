package io.millrace.auditor;

import java.time.Instant;
import java.util.UUID;

/**
 * A record of the topic of reminders. Times are epoch milliseconds.
 *
 * @param where its topic, partition and offset, for people
 * @param logTime when the broker appended it
 * @param dueAt null for a task without a due date
 */
record ReminderRecord(
        String where,
        long logTime,
        UUID id,
        String taskId,
        String seriesId,
        Long dueAt,
        long remindAt,
        int minutes,
        boolean snoozed,
        boolean late) {

    /** What the reminder is for: two of one task, for one moment and of one kind are the same one. */
    Moment moment() {
        return new Moment(remindAt, snoozed ? -1 : minutes);
    }

    /** @param minutes before the due date; -1 for a snooze */
    record Moment(long remindAt, int minutes) {}

    @Override
    public String toString() {
        return "reminder " + id + " at " + where + " for " + Instant.ofEpochMilli(remindAt)
                + (snoozed ? " (snoozed)" : " (" + minutes + " min before)") + ", log time "
                + Instant.ofEpochMilli(logTime);
    }
}
