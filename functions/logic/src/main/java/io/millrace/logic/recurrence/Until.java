package io.millrace.logic.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * UNTIL of a rule, inclusive.
 *
 * @param instant null when it was given as a local date or date-time
 * @param local null when it was given in UTC; the last second of the day when it was a date
 */
record Until(Instant instant, LocalDateTime local) {}
