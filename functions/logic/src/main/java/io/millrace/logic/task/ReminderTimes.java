package io.millrace.logic.task;

import io.millrace.logic.recurrence.LocalTimes;
import io.millrace.schema.task.DueDate;
import io.millrace.schema.task.Recurrence;
import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.TaskFields;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** When reminders are due, which of them are still to come, and what they say. */
final class ReminderTimes {
    private static final long MILLIS_PER_MINUTE = 60_000;
    private static final String SNOOZE = "snooze";

    /** What holds for a task with a due date whose events never gave {@code remind_before_minutes}. */
    static final TaskFields DEFAULT_REMINDERS = TaskFields.ofRemindBefore(List.of(0));

    private ReminderTimes() {}

    /** The due date as milliseconds since the epoch; null without one, or when it is local and there is no zone. */
    static Long dueAt(TaskFields fields) {
        return fields.due() == null ? null : instantOf(fields.due(), fields.zone());
    }

    /** Null when the date is local and {@code zone} is null. */
    static Long instantOf(DueDate date, ZoneId zone) {
        if (date.instant() != null) {
            return date.instant().toEpochMilli();
        }
        if (zone == null) {
            return null;
        }
        Instant instant = LocalTimes.resolve(date.local(), zone);
        return instant.toEpochMilli();
    }

    static List<Integer> remindBefore(TaskFields fields) {
        TaskFields effective = fields.gives(TaskFields.REMIND_BEFORE) ? fields : DEFAULT_REMINDERS;
        return effective.remindBeforeMinutes();
    }

    /** The earliest moment of a task due at {@code dueAt}. */
    static long firstMoment(TaskFields fields, long dueAt) {
        List<Integer> before = remindBefore(fields);
        return before.isEmpty() ? dueAt : moment(dueAt, before.get(0));
    }

    static long moment(long dueAt, int beforeMinutes) {
        return dueAt - beforeMinutes * MILLIS_PER_MINUTE;
    }

    /**
     * Arms the reminders of a task anew: those ahead of the log are kept for later; one that passed between the event
     * and its log time is sent at once, unless it was one of the task's moments before: then its time came already.
     *
     * <p>While the due date stays, what armed it first names its reminders: of one that was sent before this event was
     * read, and is sent again because a replay read this event first, both are the same.
     *
     * @param before the task's reminders up to now; null when it had none
     */
    static void arm(Change change, int index, Cause cause, ReminderPlan before) {
        TaskFields fields = change.fieldsOf(index);
        Long due = dueAt(fields);
        Task task = change.series().task(index);
        if (due == null) {
            change.become(change.series().withTask(index, task.armed(null, List.of())));
            return;
        }
        Arming arming = task.arming() != null ? task.arming() : cause.arming(change.taskId(index));
        List<Integer> minutes = remindBefore(fields);
        List<ReminderTime> moments = new ArrayList<>(minutes.size());
        for (int i = 0; i < minutes.size(); i++) {
            long at = moment(due, minutes.get(i));
            if (at > cause.now()) {
                moments.add(new ReminderTime(at, minutes.get(i)));
            } else if (at >= cause.occurredAt() && (before == null || !before.remindsAt(at))) {
                remind(change, index, fields, due, new ReminderTime(at, minutes.get(i)), arming);
            }
        }
        change.become(change.series().withTask(index, task.armed(arming, List.copyOf(moments))));
    }

    /** Sends the reminders of all tasks that are due at or before {@code time}. */
    static void send(Change change, long time) {
        for (int i = 0; i < change.series().tasks().size(); i++) {
            Task task = change.series().task(i);
            if (task.nextMoment() > time) {
                continue;
            }
            TaskFields fields = change.fieldsOf(i);
            Long due = dueAt(fields);
            for (ReminderTime moment : task.moments()) {
                if (moment.at() <= time) {
                    remind(change, i, fields, due, moment, task.arming());
                }
            }
            if (task.snoozed() != null && task.snoozed().at() <= time) {
                remindSnoozed(change, i, fields, due, task.snoozed());
            }
            change.become(change.series().withTask(i, task.reminded(time)));
        }
    }

    /** Puts the task's reminder off until {@code at}; sends it at once when that has passed. */
    static void snooze(Change change, int index, Cause cause, long at) {
        SnoozedReminder reminder = new SnoozedReminder(at, cause.arming(change.taskId(index)));
        Task task = change.series().task(index).putOff(reminder);
        change.become(change.series().withTask(index, task));
        if (at <= cause.now()) {
            TaskFields fields = change.fieldsOf(index);
            remindSnoozed(change, index, fields, dueAt(fields), reminder);
            change.become(change.series().withTask(index, task.reminded(at)));
        }
    }

    private static void remind(
            Change change, int index, TaskFields fields, Long due, ReminderTime moment, Arming arming) {
        String name = Integer.toString(moment.beforeMinutes());
        remind(change, index, fields, due, moment, arming, name, false);
    }

    private static void remindSnoozed(Change change, int index, TaskFields fields, Long due, SnoozedReminder snoozed) {
        int before = due == null ? 0 : (int) Math.floorDiv(due - snoozed.at(), MILLIS_PER_MINUTE);
        remind(change, index, fields, due, new ReminderTime(snoozed.at(), before), snoozed.arming(), SNOOZE, true);
    }

    private static void remind(
            Change change,
            int index,
            TaskFields fields,
            Long due,
            ReminderTime moment,
            Arming arming,
            String name,
            boolean snoozed) {
        Recurrence recurrence = change.series().template().recurrence();
        change.command(new TaskCommand.Remind(new Reminder(
                Uuid5.of(arming.id(), name),
                change.key().tenant(),
                change.key().userId(),
                change.taskId(index),
                change.isSeries() ? change.key().rootId() : null,
                fields.title(),
                due,
                moment.at(),
                moment.beforeMinutes(),
                snoozed,
                recurrence == null || recurrence.catchUp() == null
                        ? -1
                        : recurrence.catchUp().toMillis(),
                arming.correlationId(),
                arming.traceparent())));
    }
}
