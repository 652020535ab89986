package io.millrace.logic.recurrence;

import java.time.LocalDate;

/** Which days a rule falls on, apart from its INTERVAL and BYSETPOS. */
@FunctionalInterface
interface DayFilter {

    boolean test(LocalDate day);
}
