package io.millrace.logic.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The days of an RRULE. Whether a part of it expands or limits (the table of RFC 5545 §3.3.10) makes no difference when
 * every day of a period is asked: a day counts when every part that was given agrees.
 */
final class RruleDays implements DayFilter {

    private final Set<Integer> months;
    private final Set<Integer> yearDays;
    private final Set<Integer> monthDays;
    private final Set<Integer> weekNumbers;
    private final List<NthWeekday> weekdays;
    private final DayOfWeek weekStart;
    private final boolean nthInMonth;

    /** @param rule anchored at its start, see {@link Rrule#anchoredAt} */
    RruleDays(Rrule rule) {
        months = Set.copyOf(rule.months());
        yearDays = Set.copyOf(rule.yearDays());
        monthDays = Set.copyOf(rule.monthDays());
        weekNumbers = Set.copyOf(rule.weekNumbers());
        weekdays = List.copyOf(Set.copyOf(rule.weekdays()));
        weekStart = rule.weekStart();
        nthInMonth = rule.frequency() == Frequency.MONTHLY || !rule.months().isEmpty();
    }

    @Override
    public boolean test(LocalDate day) {
        return (months.isEmpty() || months.contains(day.getMonthValue()))
                && containsFromEitherEnd(monthDays, day.getDayOfMonth(), day.lengthOfMonth())
                && containsFromEitherEnd(yearDays, day.getDayOfYear(), day.lengthOfYear())
                && (weekdays.isEmpty() || onWeekday(day))
                && (weekNumbers.isEmpty() || inWeek(day));
    }

    private static boolean containsFromEitherEnd(Collection<Integer> numbers, int number, int length) {
        return numbers.isEmpty() || numbers.contains(number) || numbers.contains(number - length - 1);
    }

    private boolean onWeekday(LocalDate day) {
        DayOfWeek weekday = day.getDayOfWeek();
        for (NthWeekday allowed : weekdays) {
            if (allowed.day() == weekday && (allowed.nth() == 0 || isNth(allowed.nth(), day))) {
                return true;
            }
        }
        return false;
    }

    private boolean isNth(int nth, LocalDate day) {
        int number = nthInMonth ? day.getDayOfMonth() : day.getDayOfYear();
        int length = nthInMonth ? day.lengthOfMonth() : day.lengthOfYear();
        return nth > 0 ? nth == (number - 1) / 7 + 1 : -nth == (length - number) / 7 + 1;
    }

    /**
     * Week 1 is the first with at least four of its days in the year (RFC 5545 §3.3.10, ISO 8601), for whichever day
     * weeks start on. The last days of December may so be in week 1 of the next year, and the first of January in the
     * last week of the year before; they are taken in the calendar year they lie in.
     */
    private boolean inWeek(LocalDate day) {
        long epochDay = day.toEpochDay();
        int year = day.getYear();
        if (epochDay >= firstWeekOf(year + 1)) {
            year++;
        } else if (epochDay < firstWeekOf(year)) {
            year--;
        }
        long first = firstWeekOf(year);
        int number = (int) ((epochDay - first) / 7) + 1;
        int weeks = (int) ((firstWeekOf(year + 1) - first) / 7);
        return containsFromEitherEnd(weekNumbers, number, weeks);
    }

    private long firstWeekOf(int year) {
        LocalDate alwaysInFirstWeek = LocalDate.of(year, 1, 4);
        int sinceWeekStart = Math.floorMod(alwaysInFirstWeek.getDayOfWeek().getValue() - weekStart.getValue(), 7);
        return alwaysInFirstWeek.toEpochDay() - sinceWeekStart;
    }
}
