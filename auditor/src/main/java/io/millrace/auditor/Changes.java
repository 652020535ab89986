package io.millrace.auditor;

import io.millrace.schema.task.DueDate;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * The fields of an event that decide about reminders.
 *
 * @param due null when it is cleared or not given
 * @param zone null when it is cleared or not given
 * @param minutes null when not given; empty for none
 * @param recurrence null when it is cleared or not given
 */
record Changes(
        boolean givesDue,
        DueDate due,
        boolean givesZone,
        ZoneId zone,
        List<Integer> minutes,
        boolean givesRecurrence,
        RecurrenceHint recurrence) {

    static final Changes NONE = new Changes(false, null, false, null, null, false, null);

    boolean touchReminders() {
        return givesDue || givesZone || minutes != null;
    }

    /**
     * What of a recurrence matters to the reminders of occurrences that were made.
     *
     * @param replaces earlier open occurrences are closed by a later one
     * @param plain no option that changes which moment a local time means, or leaves occurrences out
     * @param catchUp null for the job's default
     */
    record RecurrenceHint(boolean replaces, boolean plain, Duration catchUp) {}
}
