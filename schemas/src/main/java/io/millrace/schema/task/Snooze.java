package io.millrace.schema.task;

/**
 * Until when reminders are put off.
 *
 * @param minutes from the event's log time; 0 when {@code until} is given
 * @param until a moment, local to the task's zone or an instant; null when {@code minutes} is given
 */
public record Snooze(int minutes, DueDate until) {

    public Snooze {
        if ((minutes == 0) == (until == null)) {
            throw new IllegalArgumentException("a snooze is either for minutes or until a moment");
        }
    }
}
