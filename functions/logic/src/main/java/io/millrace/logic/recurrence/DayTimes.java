package io.millrace.logic.recurrence;

import java.util.Collection;
import java.util.List;

/** The times of day a rule falls at, on a day it falls on. */
@FunctionalInterface
interface DayTimes {

    /** Seconds of the day, ascending, each once; empty for none. The caller does not change the array. */
    int[] on(long epochDay);

    /**
     * The first day from the given one on that has times, which spares the walk over days that have none; {@link
     * Long#MAX_VALUE} when there is none.
     */
    default long firstDayFrom(long epochDay) {
        return epochDay;
    }

    /** The same on every day: each combination of the given hours, minutes and seconds. */
    static DayTimes everyDay(Collection<Integer> hours, Collection<Integer> minutes, Collection<Integer> seconds) {
        int[] times = combine(hours, minutes, seconds);
        return epochDay -> times;
    }

    /** Seconds, ascending, each once. */
    static int[] combine(Collection<Integer> hours, Collection<Integer> minutes, Collection<Integer> seconds) {
        return hours.stream()
                .flatMapToInt(hour -> minutes.stream().flatMapToInt(minute -> seconds.stream()
                        .mapToInt(second -> hour * 3600 + minute * 60 + second)))
                .sorted()
                .distinct()
                .toArray();
    }

    /** @param rule anchored at its start, see {@link Rrule#anchoredAt} */
    static DayTimes of(Rrule rule, long startSecond) {
        return switch (rule.frequency()) {
            case HOURLY -> {
                int[] inHour = combine(List.of(0), rule.minutes(), rule.seconds());
                boolean[] hours = new boolean[24];
                for (int hour = 0; hour < 24; hour++) {
                    hours[hour] = rule.hours().isEmpty() || rule.hours().contains(hour);
                }
                yield new SteppedTimes(hours, rule.interval(), startSecond, Positions.pick(inHour, rule.positions()));
            }
            case MINUTELY -> {
                int[] inMinute = combine(List.of(0), List.of(0), rule.seconds());
                boolean[] minutes = new boolean[24 * 60];
                for (int minute = 0; minute < minutes.length; minute++) {
                    minutes[minute] = (rule.hours().isEmpty() || rule.hours().contains(minute / 60))
                            && (rule.minutes().isEmpty() || rule.minutes().contains(minute % 60));
                }
                yield new SteppedTimes(
                        minutes, rule.interval(), startSecond, Positions.pick(inMinute, rule.positions()));
            }
            case YEARLY, MONTHLY, WEEKLY, DAILY -> everyDay(rule.hours(), rule.minutes(), rule.seconds());
        };
    }
}
