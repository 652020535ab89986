package io.millrace.logic.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;

/**
 * An RRULE value as read (RFC 5545 §3.3.10). A BYxxx part that was not given is an empty list.
 *
 * @param count 0 for none
 * @param until null for none
 */
record Rrule(
        Frequency frequency,
        int interval,
        int count,
        Until until,
        DayOfWeek weekStart,
        List<Integer> months,
        List<Integer> weekNumbers,
        List<Integer> yearDays,
        List<Integer> monthDays,
        List<NthWeekday> weekdays,
        List<Integer> hours,
        List<Integer> minutes,
        List<Integer> seconds,
        List<Integer> positions) {

    /**
     * The rule with what its parts leave open taken from DTSTART: the second, minute, hour, and the weekday, day of the
     * month or month (RFC 5545 §3.3.10, "Information, not contained in the rule").
     */
    Rrule anchoredAt(LocalDateTime start) {
        boolean dayGiven = !(yearDays.isEmpty() && monthDays.isEmpty() && weekdays.isEmpty());
        boolean weekdayOfStart = !dayGiven
                && (frequency == Frequency.WEEKLY || (frequency == Frequency.YEARLY && !weekNumbers.isEmpty()));
        boolean monthDayOfStart =
                !dayGiven && !weekdayOfStart && (frequency == Frequency.MONTHLY || frequency == Frequency.YEARLY);
        boolean monthOfStart = monthDayOfStart && frequency == Frequency.YEARLY;
        return new Rrule(
                frequency,
                interval,
                count,
                until,
                weekStart,
                monthOfStart ? orElse(months, start.getMonthValue()) : months,
                weekNumbers,
                yearDays,
                monthDayOfStart ? List.of(start.getDayOfMonth()) : monthDays,
                weekdayOfStart ? List.of(new NthWeekday(0, start.getDayOfWeek())) : weekdays,
                frequency.withinDay() ? hours : orElse(hours, start.getHour()),
                frequency == Frequency.MINUTELY ? minutes : orElse(minutes, start.getMinute()),
                orElse(seconds, start.getSecond()),
                positions);
    }

    /** How many times one interval has at most, once {@link #anchoredAt anchored}: what BYSETPOS picks from. */
    int largestSet() {
        int days =
                switch (frequency) {
                    case YEARLY -> 366;
                    case MONTHLY -> monthDays.isEmpty() ? 31 : Math.min(31, monthDays.size());
                    case WEEKLY -> Math.min(7, weekdays.size());
                    case DAILY, HOURLY, MINUTELY -> 1;
                };
        int ofDay = frequency.withinDay() ? 1 : hours.size();
        int ofHour = frequency == Frequency.MINUTELY ? 1 : minutes.size();
        return days * ofDay * ofHour * seconds.size();
    }

    private static List<Integer> orElse(List<Integer> given, int fromStart) {
        return given.isEmpty() ? List.of(fromStart) : given;
    }
}
