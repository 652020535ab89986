package io.millrace.logic.recurrence;

import io.millrace.schema.task.Recurrence;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The occurrences of a series: the recurrence set of RFC 5545 §3.8.5 (DTSTART, the rule, RDATE, less EXDATE), each with
 * its instant in the zone. Always answers alike, but is not thread-safe, as days that were looked at are remembered. A
 * question costs microseconds for a usual rule; see {@link Steps} for the others.
 *
 * <ul>
 *   <li>Occurrences ascend both in local time and in instant, at least 60 s apart. One that would come closer to, or
 *       before, an occurrence ahead of it on the wall clock is passed over; of an RDATE and a rule time that are too
 *       close, the rule's stays.
 *   <li>Everything is whole seconds: fractions of the anchor, of EXDATE and of RDATE are cut off.
 *   <li>The anchor is in the set whether the rule matches it or not, and is the first of COUNT. An RDATE may come
 *   before it.
 *   <li>The series ends with the year 2200.
 * </ul>
 */
public final class RecurrenceSchedule {

    private static final int MAX_EXPRESSION = 1000;
    private static final int MAX_DATES = 500;
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    private final RuleOccurrences rule;
    private final AddedOccurrences added;

    private RecurrenceSchedule(RuleOccurrences rule, AddedOccurrences added) {
        this.rule = rule;
        this.added = added;
    }

    /**
     * Reads the rule. Whether it is refused depends on the arguments alone, not on the zone's rules.
     *
     * @param start the anchor: the recurrence's {@code dtstart}, else the task's local due date; years 1900–2200
     * @throws InvalidRecurrenceException when the rule cannot be read, never matches from the anchor on, or has
     *     occurrences less than a minute apart by its nature
     */
    public static RecurrenceSchedule compile(Recurrence recurrence, LocalDateTime start, ZoneId zone) {
        return compile(recurrence, start, zone, Steps.ofFollowed());
    }

    /** @throws InvalidRecurrenceException also when it takes more steps than it may */
    static RecurrenceSchedule compile(Recurrence recurrence, LocalDateTime start, ZoneId zone, Steps steps) {
        LocalDateTime anchor = start.truncatedTo(ChronoUnit.SECONDS);
        if (anchor.getYear() < FIRST_YEAR || anchor.getYear() > LAST_YEAR) {
            throw new InvalidRecurrenceException(
                    recurrence.dtstart() == null ? "due_at" : "recurrence.dtstart",
                    "a series starts in the years " + FIRST_YEAR + " to " + LAST_YEAR);
        }
        checkLength(recurrence.exdates(), "recurrence.exdates");
        checkLength(recurrence.rdates(), "recurrence.rdates");
        String field = "recurrence." + fieldOf(recurrence.kind());
        String expression = recurrence.expression();
        if (expression.length() > MAX_EXPRESSION) {
            throw new InvalidRecurrenceException(field, "is longer than " + MAX_EXPRESSION + " characters");
        }
        steps.about(field);
        Rrule rrule =
                switch (recurrence.kind()) {
                    case RULE -> RruleParser.parse(expression, field);
                    case EVERY -> RruleParser.parse(EveryRule.rruleOf(expression, anchor, field), field);
                    case CRON -> null;
                };
        if (rrule != null) {
            requirePickable(rrule.positions(), rrule.anchoredAt(anchor).largestSet(), field);
        }
        RuleTimes times = rrule == null
                ? timesOf(CronRule.parse(expression, field), anchor)
                : timesOf(rrule.anchoredAt(anchor), anchor);
        if (!times.everMatches(steps)) {
            throw new InvalidRecurrenceException(field, "never matches from " + anchor + " to the year " + LAST_YEAR);
        }
        Set<Long> excluded = new HashSet<>();
        recurrence.exdates().forEach(exdate -> excluded.add(exdate.toEpochSecond(ZoneOffset.UTC)));
        RuleOccurrences occurrences = new RuleOccurrences(
                times,
                anchor.toEpochSecond(ZoneOffset.UTC),
                zone,
                recurrence.dstGap(),
                recurrence.dstOverlap(),
                excluded,
                rrule == null ? 0 : rrule.count(),
                rrule == null ? null : rrule.until(),
                steps);
        steps.about("recurrence.rdates");
        return new RecurrenceSchedule(
                occurrences, new AddedOccurrences(recurrence.rdates(), excluded, occurrences, steps));
    }

    /**
     * As {@link #compile}, for a recurrence that an event gives rather than one that is followed: refused as well is
     * what can't be meant. A series that goes on is not asked again, as its end may move and the zone's rules may
     * change.
     *
     * @throws InvalidRecurrenceException also when UNTIL is before the start, when every time falls into a gap that is
     *     skipped, and when it takes more than {@link Steps#MAX_GIVEN} steps to work out
     */
    public static RecurrenceSchedule compileGiven(Recurrence recurrence, LocalDateTime start, ZoneId zone) {
        return compileGiven(recurrence, start, zone, Steps.ofGiven());
    }

    static RecurrenceSchedule compileGiven(Recurrence recurrence, LocalDateTime start, ZoneId zone, Steps steps) {
        RecurrenceSchedule schedule = compile(recurrence, start, zone, steps);
        String field = "recurrence." + fieldOf(recurrence.kind());
        if (schedule.rule.endsBeforeStart()) {
            throw new InvalidRecurrenceException(
                    field, "UNTIL is before the start, " + start + "; to end a series give \"recurrence\":null");
        }
        steps.about(field);
        if (schedule.rule.allInGaps(steps)) {
            throw new InvalidRecurrenceException(
                    field,
                    "never matches: each of its times is one that does not exist in " + zone + ", and dst_gap is skip");
        }
        return schedule;
    }

    /** A rule that picks nothing would be found to by looking at each of its intervals. */
    private static void requirePickable(List<Integer> positions, int largestSet, String field) {
        if (!positions.isEmpty() && positions.stream().allMatch(position -> Math.abs(position) > largestSet)) {
            throw new InvalidRecurrenceException(
                    field,
                    "never matches: BYSETPOS picks " + positions.get(0) + " of at most " + largestSet
                            + (largestSet == 1 ? " time" : " times") + " in an interval");
        }
    }

    /** The first occurrence of all; null when every one is excluded or left out. */
    public Occurrence first() {
        return next(LocalDateTime.MIN);
    }

    /** The first occurrence with a later RECURRENCE-ID; null when the series has ended. */
    public Occurrence next(LocalDateTime after) {
        return next(after, Instant.MIN);
    }

    /** The first occurrence with a later RECURRENCE-ID that is due at the instant or after; null when there is none. */
    public Occurrence next(LocalDateTime after, Instant notDueBefore) {
        return next(after, notDueBefore, Steps.ofFollowed());
    }

    Occurrence next(LocalDateTime after, Instant notDueBefore, Steps steps) {
        Occurrence byRule = nextByRule(after, notDueBefore, steps);
        Occurrence byDate = added.next(after, notDueBefore);
        if (byRule == null || byDate == null) {
            return byRule == null ? byDate : byRule;
        }
        return byRule.recurrenceId().isBefore(byDate.recurrenceId()) ? byRule : byDate;
    }

    private Occurrence nextByRule(LocalDateTime after, Instant notDueBefore, Steps steps) {
        long from = Math.max(after.toEpochSecond(ZoneOffset.UTC), rule.beforeDue(notDueBefore));
        RuleOccurrences.Walk walk = rule.after(from, steps);
        while (walk.next()) {
            if (!walk.due().isBefore(notDueBefore)) {
                return new Occurrence(LocalDateTime.ofEpochSecond(walk.local(), 0, ZoneOffset.UTC), walk.due());
            }
        }
        return null;
    }

    private static RuleTimes timesOf(Rrule rule, LocalDateTime anchor) {
        long start = anchor.toEpochSecond(ZoneOffset.UTC);
        LocalDate day = anchor.toLocalDate();
        boolean withinDay = rule.frequency().withinDay();
        Periods periods = withinDay
                ? new Periods(Frequency.DAILY, 1, day, rule.weekStart())
                : new Periods(rule.frequency(), rule.interval(), day, rule.weekStart());
        return new RuleTimes(
                start,
                periods,
                new RruleDays(rule),
                DayTimes.of(rule, start),
                withinDay ? List.of() : rule.positions());
    }

    private static RuleTimes timesOf(CronRule rule, LocalDateTime anchor) {
        long start = anchor.toEpochSecond(ZoneOffset.UTC);
        Periods days = new Periods(Frequency.DAILY, 1, anchor.toLocalDate(), DayOfWeek.MONDAY);
        return new RuleTimes(start, days, rule.days(), rule.times(), List.of());
    }

    private static String fieldOf(Recurrence.Kind kind) {
        return switch (kind) {
            case RULE -> "rule";
            case CRON -> "cron";
            case EVERY -> "every";
        };
    }

    private static void checkLength(List<LocalDateTime> dates, String field) {
        if (dates.size() > MAX_DATES) {
            throw new InvalidRecurrenceException(field, "has more than " + MAX_DATES + " dates");
        }
    }
}
