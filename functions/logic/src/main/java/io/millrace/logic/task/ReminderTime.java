package io.millrace.logic.task;

/**
 * A reminder that is still to come.
 *
 * @param at milliseconds since the epoch
 * @param beforeMinutes from then to the due date
 */
record ReminderTime(long at, int beforeMinutes) {}
