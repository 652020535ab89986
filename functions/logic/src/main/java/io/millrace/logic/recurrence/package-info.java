/**
 * When a recurring task is due: {@link io.millrace.logic.recurrence.RecurrenceSchedule} turns a rule (RFC 5545 RRULE,
 * cron, or {@code every}) and its anchor into the occurrences of a series, in the local time of a zone.
 *
 * <p>The way of a rule: {@code RruleParser} and {@code CronRule} read it and refuse what makes no sense;
 * {@code RuleTimes} walks its local times (which days: {@code DayFilter} within {@code Periods}, which times of a day:
 * {@code DayTimes}); {@code RuleOccurrences} gives each its instant, takes out what is excluded or too close;
 * {@code AddedOccurrences} are the RDATEs.
 *
 * <p>What a task does with its occurrences does not live here, and neither does any clock: the time is an argument.
 */
package io.millrace.logic.recurrence;
