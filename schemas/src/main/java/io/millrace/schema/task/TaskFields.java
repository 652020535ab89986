package io.millrace.schema.task;

import java.time.ZoneId;
import java.util.List;

/**
 * Fields of a task, each of which an event may set, clear or leave alone.
 *
 * @param given bit set of the fields that are given, see the constants; a given field whose value is null (for a list:
 *     empty) is cleared. Fields not given are null here
 * @param title 1 to 500 characters
 * @param description at most 10,000 characters
 * @param tags never null when given
 * @param zone IANA zone of local times
 * @param remindBeforeMinutes moments before the due date, in minutes, distinct, largest first; never null when given
 */
public record TaskFields(
        int given,
        String title,
        String description,
        Priority priority,
        List<String> tags,
        DueDate due,
        ZoneId zone,
        List<Integer> remindBeforeMinutes,
        Recurrence recurrence) {

    // Part of the binary encoding: never renumber.
    public static final int TITLE = 1;
    public static final int DESCRIPTION = 1 << 1;
    public static final int PRIORITY = 1 << 2;
    public static final int TAGS = 1 << 3;
    public static final int DUE = 1 << 4;
    public static final int ZONE = 1 << 5;
    public static final int REMIND_BEFORE = 1 << 6;
    public static final int RECURRENCE = 1 << 7;

    public static final TaskFields NONE = new TaskFields(0, null, null, null, null, null, null, null, null);

    /** Only a due date; null clears it. */
    public static TaskFields ofDue(DueDate due) {
        return new TaskFields(DUE, null, null, null, null, due, null, null, null);
    }

    /** Only a recurrence; null clears it. */
    public static TaskFields ofRecurrence(Recurrence recurrence) {
        return new TaskFields(RECURRENCE, null, null, null, null, null, null, null, recurrence);
    }

    /** Only {@code remind_before_minutes}. */
    public static TaskFields ofRemindBefore(List<Integer> minutes) {
        return new TaskFields(REMIND_BEFORE, null, null, null, null, null, null, minutes, null);
    }

    public boolean gives(int field) {
        return (given & field) != 0;
    }

    public boolean isEmpty() {
        return given == 0;
    }

    /** These fields with those of {@code changes} laid over them. */
    public TaskFields with(TaskFields changes) {
        if (changes.given == 0) {
            return this;
        }
        return new TaskFields(
                given | changes.given,
                changes.gives(TITLE) ? changes.title : title,
                changes.gives(DESCRIPTION) ? changes.description : description,
                changes.gives(PRIORITY) ? changes.priority : priority,
                changes.gives(TAGS) ? changes.tags : tags,
                changes.gives(DUE) ? changes.due : due,
                changes.gives(ZONE) ? changes.zone : zone,
                changes.gives(REMIND_BEFORE) ? changes.remindBeforeMinutes : remindBeforeMinutes,
                changes.gives(RECURRENCE) ? changes.recurrence : recurrence);
    }

    /** These fields less those of the bit set {@code fields}, which are then not given. */
    public TaskFields without(int fields) {
        if ((given & fields) == 0) {
            return this;
        }
        return new TaskFields(
                given & ~fields,
                (fields & TITLE) != 0 ? null : title,
                (fields & DESCRIPTION) != 0 ? null : description,
                (fields & PRIORITY) != 0 ? null : priority,
                (fields & TAGS) != 0 ? null : tags,
                (fields & DUE) != 0 ? null : due,
                (fields & ZONE) != 0 ? null : zone,
                (fields & REMIND_BEFORE) != 0 ? null : remindBeforeMinutes,
                (fields & RECURRENCE) != 0 ? null : recurrence);
    }
}
