package io.millrace.logic.task;

/**
 * The reminder that a snooze put off.
 *
 * @param at milliseconds since the epoch
 */
record SnoozedReminder(long at, Arming arming) {}
