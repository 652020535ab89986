package io.millrace.logic.recurrence;

import java.time.DayOfWeek;

/**
 * One value of BYDAY.
 *
 * @param nth 0 for every such weekday, otherwise the position in the month or year, negative from its end
 */
record NthWeekday(int nth, DayOfWeek day) {}
