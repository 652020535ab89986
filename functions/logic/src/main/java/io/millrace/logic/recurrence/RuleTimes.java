package io.millrace.logic.recurrence;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * <p>Every walk jumps over days that do not match (see {@link MatchingDays}) and over those without times (see {@link
 * SteppedTimes}), and counts its {@link Steps}.
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
    /** By how many times there are in a period, which the positions are of them. */
    private final Map<Integer, int[]> picked = new HashMap<>();

    /** @param positions BYSETPOS of a rule whose periods are not shorter than a day; empty for none */
    RuleTimes(long start, Periods periods, DayFilter days, DayTimes times, List<Integer> positions) {
        this.start = start;
        this.periods = periods;
        this.days = new MatchingDays(days, LAST_DAY);
        this.times = times;
        this.positions = positions;
    }

    /** Whether the rule itself gives any time at or after its start. */
    boolean everMatches(Steps steps) {
        return new Cursor(start - 1, false, HORIZON, steps).next() != NONE;
    }

    /** Whether any of the times that the rule itself gives passes the test; they are asked one after the other. */
    boolean anyMatch(LongPredicate test, Steps steps) {
        Cursor cursor = new Cursor(start - 1, false, HORIZON, steps);
        for (long time = cursor.next(); time != NONE; time = cursor.next()) {
            if (test.test(time)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The times after the given one.
     *
     * @param last not searched beyond the day of this time, which may be after the horizon; the start is given always
     */
    Cursor after(long second, long last, Steps steps) {
        return new Cursor(second, second < start, last, steps);
    }

    private Block block(long number) {
        long first = periods.firstDay(number);
        int[] matching = days.within(first, Math.min(periods.lastDay(number), LAST_DAY));
        if (matching.length == 0) {
            return Block.EMPTY;
        }
        // Times differ by day only where a period is one day.
        int[] ofDay = times.on(first);
        return new Block(matching, ofDay, positions.isEmpty() ? null : picked(matching.length * ofDay.length));
    }

    private int[] picked(int size) {
        return picked.computeIfAbsent(size, of -> Positions.indexes(positions, of));
    }

    /** Walks the times in ascending order. */
    final class Cursor {

        private final long lastDay;
        private final Steps steps;
        private boolean startAhead;
        private long number;
        private Block block;
        private int index;

        private Cursor(long after, boolean startAhead, long last, Steps steps) {
            this.startAhead = startAhead;
            this.lastDay = Math.min(Math.floorDiv(last, DAY_SECONDS), LAST_DAY);
            this.steps = steps;
            long from = Math.max(after, startAhead ? start : start - 1);
            long day = Math.floorDiv(from + 1, DAY_SECONDS);
            number = firstFrom(Math.min(day, LAST_DAY + 1));
            block = isAhead() ? block(number) : Block.EMPTY;
            index = block.indexAfter(from);
        }

        /** {@link #NONE} when there are no more. */
        long next() {
            return skip(1);
        }

        /** As so many calls of {@link #next} one after the other, of which those within one period are a step. */
        long skip(int times) {
            steps.take();
            int left = times;
            if (startAhead) {
                startAhead = false;
                left--;
            }
            if (left == 0) {
                return start;
            }
            while (left > block.size() - index) {
                left -= block.size() - index;
                number = firstFrom(periods.firstDay(number + 1));
                index = 0;
                if (!isAhead()) {
                    block = Block.EMPTY;
                    return NONE;
                }
                block = block(number);
                if (times > 1 || block.size() == 0) {
                    steps.take();
                }
            }
            index += left;
            return block.at(index - 1);
        }

        /** The first period from the day on that has a day which the rule allows and which has times. */
        private long firstFrom(long epochDay) {
            long day = days.firstFrom(epochDay, steps);
            while (day <= LAST_DAY) {
                long withTimes = times.firstDayFrom(day);
                if (withTimes == day) {
                    return periods.numberAt(day);
                }
                steps.take();
                day = withTimes > LAST_DAY ? withTimes : days.firstFrom(withTimes, steps);
            }
            return periods.numberAt(Math.max(epochDay, LAST_DAY + 1));
        }

        private boolean isAhead() {
            return periods.firstDay(number) <= lastDay;
        }
    }
}
