package io.millrace.logic.task;

import io.millrace.schema.task.TaskFields;
import io.millrace.schema.task.TaskStatus;
import java.time.LocalDateTime;
import java.util.List;

/**
 * One task: a task that does not recur, or an occurrence of a series. Times are milliseconds since the epoch.
 *
 * @param recurrenceId scheduled local date-time; null outside a series
 * @param version count of the log events it accepted
 * @param own fields that hold for this task alone, over the series' template: the due date, what was changed for it
 *     alone, and what the series changed while the task was closed
 * @param arming what armed {@code moments}; null when nothing ever was
 * @param moments reminders to come, earliest first
 * @param snoozed null when none is put off
 * @param closedAt log time; 0 while it is open
 */
record Task(
        LocalDateTime recurrenceId,
        TaskStatus status,
        long version,
        TaskFields own,
        Arming arming,
        List<ReminderTime> moments,
        SnoozedReminder snoozed,
        long createdAt,
        long closedAt) {

    boolean isOpen() {
        return status == TaskStatus.OPEN;
    }

    /** When the next reminder is due; {@link Long#MAX_VALUE} when there is none. */
    long nextMoment() {
        long next = moments.isEmpty() ? Long.MAX_VALUE : moments.get(0).at();
        return snoozed == null ? next : Math.min(next, snoozed.at());
    }

    int pendingReminders() {
        return moments.size() + (snoozed == null ? 0 : 1);
    }

    Task accepted() {
        return new Task(recurrenceId, status, version + 1, own, arming, moments, snoozed, createdAt, closedAt);
    }

    Task withRecurrenceId(LocalDateTime id) {
        return new Task(id, status, version, own, arming, moments, snoozed, createdAt, closedAt);
    }

    Task withOwn(TaskFields fields) {
        return new Task(recurrenceId, status, version, fields, arming, moments, snoozed, createdAt, closedAt);
    }

    Task armed(Arming by, List<ReminderTime> newMoments) {
        return new Task(recurrenceId, status, version, own, by, newMoments, null, createdAt, closedAt);
    }

    /** With its reminder put off; what would have come before it is dropped. */
    Task putOff(SnoozedReminder reminder) {
        List<ReminderTime> after =
                moments.stream().filter(moment -> moment.at() > reminder.at()).toList();
        return new Task(recurrenceId, status, version, own, arming, after, reminder, createdAt, closedAt);
    }

    /** Less the reminders due at or before {@code time}. */
    Task reminded(long time) {
        int sent = 0;
        while (sent < moments.size() && moments.get(sent).at() <= time) {
            sent++;
        }
        List<ReminderTime> rest = sent == 0 ? moments : List.copyOf(moments.subList(sent, moments.size()));
        SnoozedReminder stillSnoozed = snoozed != null && snoozed.at() > time ? snoozed : null;
        return new Task(recurrenceId, status, version, own, arming, rest, stillSnoozed, createdAt, closedAt);
    }

    /** What can be opened again keeps what armed it: a moment that is armed once more is the same one. */
    Task closed(TaskStatus as, long time) {
        Arming kept = as == TaskStatus.DELETED ? null : arming;
        return new Task(recurrenceId, as, version, own, kept, List.of(), null, createdAt, time);
    }

    /** Without what armed it: it is due at another time now. */
    Task moved() {
        return new Task(recurrenceId, status, version, own, null, List.of(), snoozed, createdAt, closedAt);
    }

    /** With the template's values of the bit set {@code fields} as its own, where it has none. */
    Task keeping(TaskFields template, int fields) {
        int missing = fields & ~own.given();
        if (missing == 0) {
            return this;
        }
        TaskFields kept = template.without(~missing);
        return withOwn(own.with(new TaskFields(
                missing,
                kept.title(),
                kept.description(),
                kept.priority(),
                kept.tags() == null ? List.of() : kept.tags(),
                kept.due(),
                kept.zone(),
                ReminderTimes.remindBefore(kept),
                null)));
    }

    Task reopened() {
        return new Task(recurrenceId, TaskStatus.OPEN, version, own, arming, moments, snoozed, createdAt, 0);
    }
}
