package io.millrace.logic.recurrence;

/** FREQ of a rule. SECONDLY is not among them: two occurrences are at least a minute apart. */
enum Frequency {
    YEARLY,
    MONTHLY,
    WEEKLY,
    DAILY,
    HOURLY,
    MINUTELY;

    boolean withinDay() {
        return this == HOURLY || this == MINUTELY;
    }
}
