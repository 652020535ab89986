package io.millrace.logic.recurrence;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * One occurrence of a series.
 *
 * @param recurrenceId its scheduled local date-time, whole seconds (RFC 5545 §3.8.4.4); unique in the series, and never
 *     moved by a daylight-saving change
 * @param due the instant that local time means in the series' zone
 */
public record Occurrence(LocalDateTime recurrenceId, Instant due) {}
