package io.millrace.logic.recurrence;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * The local times of a rule, in seconds since 1970-01-01T00:00:00 local, with DTSTART as the first whether the rule
 * matches it or not (RFC 5545 §3.8.5.3). Without end but for the {@link #HORIZON}; neither COUNT nor UNTIL is known
 * here.
 *
 * <p>They are found by asking each day of a period whether the rule allows it, rather than by lib-recur's iterator,
 * which gives up with an exception after 1000 empty intervals in a row (its issue 108) and so on many a valid rule, and
 * departs from RFC 5545 for YEARLY with BYMONTHDAY alone, week 53, negative BYYEARDAY in leap years, and BYSETPOS in
 * the first interval.
 *
 * <p>Every walk is bounded by the number of days up to the horizon, some 100,000, and jumps over those that do not
 * match, see {@link MatchingDays}.
 */
final class RuleTimes {

    /** After the last local time: there is no next one. */
    static final long NONE = Long.MAX_VALUE;

    /** The end of every series: the last second of the year 2200. */
    static final long HORIZON = LocalDateTime.of(2200, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);

    private static final long DAY_SECONDS = 86_400;
    private static final long LAST_DAY = Math.floorDiv(HORIZON, DAY_SECONDS);

    private final long start;
    private final Periods periods;
    private final MatchingDays days;
    private final DayTimes times;
    private final List<Integer> positions;

    /** @param positions BYSETPOS of a rule whose periods are not shorter than a day; empty for none */
    RuleTimes(long start, Periods periods, DayFilter days, DayTimes times, List<Integer> positions) {
        this.start = start;
        this.periods = periods;
        this.days = new MatchingDays(days, LAST_DAY);
        this.times = times;
        this.positions = positions;
    }

    /** Whether the rule itself gives any time at or after its start. */
    boolean everMatches() {
        return new Cursor(start - 1, false).next() != NONE;
    }

    /** Whether any of the times that the rule itself gives passes the test; they are asked one after the other. */
    boolean anyMatch(LongPredicate test) {
        Cursor cursor = new Cursor(start - 1, false);
        for (long time = cursor.next(); time != NONE; time = cursor.next()) {
            if (test.test(time)) {
                return true;
            }
        }
        return false;
    }

    /** The times after the given one. */
    Cursor after(long second) {
        return new Cursor(second, second < start);
    }

    private Block block(long number) {
        long first = periods.firstDay(number);
        long last = Math.min(periods.lastDay(number), LAST_DAY);
        int[] matching = new int[(int) (last - first) + 1];
        int size = 0;
        for (long day = days.firstFrom(first); day <= last; day = days.firstFrom(day + 1)) {
            matching[size++] = (int) day;
        }
        if (size == 0) {
            return Block.EMPTY;
        }
        // Times differ by day only where a period is one day.
        int[] ofDay = times.on(first);
        int[] picked = positions.isEmpty() ? null : Positions.indexes(positions, size * ofDay.length);
        return new Block(Arrays.copyOf(matching, size), ofDay, picked);
    }

    /** Walks the times in ascending order. */
    final class Cursor {

        private boolean startAhead;
        private long number;
        private Block block;
        private int index;

        private Cursor(long after, boolean startAhead) {
            this.startAhead = startAhead;
            long from = Math.max(after, startAhead ? start : start - 1);
            long day = Math.floorDiv(from + 1, DAY_SECONDS);
            number = firstFrom(Math.min(day, LAST_DAY + 1));
            block = withinHorizon() ? block(number) : Block.EMPTY;
            index = block.indexAfter(from);
        }

        /** {@link #NONE} when there are no more. */
        long next() {
            if (startAhead) {
                startAhead = false;
                return start;
            }
            while (index >= block.size()) {
                number = firstFrom(periods.firstDay(number + 1));
                if (!withinHorizon()) {
                    return NONE;
                }
                block = block(number);
                index = 0;
            }
            return block.at(index++);
        }

        private long firstFrom(long epochDay) {
            long matching = days.firstFrom(epochDay);
            return periods.numberAt(
                    matching > LAST_DAY ? Math.max(epochDay, LAST_DAY + 1) : times.firstDayFrom(matching));
        }

        private boolean withinHorizon() {
            return periods.firstDay(number) <= LAST_DAY;
        }
    }
}
