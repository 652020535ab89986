package io.millrace.logic.task;

import io.millrace.schema.task.TaskFields;
import java.util.Objects;

/**
 * A task's fields, and what of them says when it reminds.
 *
 * @param dueAt milliseconds since the epoch; null without a due date
 */
record ReminderPlan(TaskFields fields, Long dueAt) {

    static ReminderPlan of(Change change, int index) {
        TaskFields fields = change.fieldsOf(index);
        return new ReminderPlan(fields, ReminderTimes.dueAt(fields));
    }

    boolean sameMoments(ReminderPlan other) {
        return Objects.equals(dueAt, other.dueAt)
                && (dueAt == null
                        || ReminderTimes.remindBefore(fields).equals(ReminderTimes.remindBefore(other.fields)));
    }

    /** Whether {@code time} is one of its moments, to come or passed. */
    boolean remindsAt(long time) {
        return dueAt != null
                && ReminderTimes.remindBefore(fields).stream()
                        .anyMatch(before -> ReminderTimes.moment(dueAt, before) == time);
    }
}
