package io.millrace.logic.recurrence;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.Arrays;

/**
 * The days a filter allows, a month of each kind of year asked once. What a rule says of a day depends on the day, the
 * length and first weekday of its year, and, for weeks that began in the year before, on that year's length: there are
 * 28 kinds of years, so a search is bounded by 28 * 366 questions and a look at each month to the horizon, however
 * seldom the rule matches.
 */
final class MatchingDays {

    private static final int KNOWN = 1 << 31;

    private final DayFilter filter;
    private final int lastYear;
    /** For each kind of month a bit for each of its days, from bit 0, and {@link #KNOWN}. */
    private final int[] months = new int[7 * 4 * 12];

    MatchingDays(DayFilter filter, long lastDay) {
        this.filter = filter;
        this.lastYear = LocalDate.ofEpochDay(lastDay).getYear();
    }

    /**
     * The first such day from the given one on; {@link Long#MAX_VALUE} when there is none to the end of the last year.
     * A month without one is a step.
     */
    long firstFrom(long epochDay, Steps steps) {
        LocalDate day = LocalDate.ofEpochDay(epochDay);
        int month = day.getMonthValue();
        int from = day.getDayOfMonth() - 1;
        for (int year = day.getYear(); year <= lastYear; year++) {
            int kind = kindOf(year);
            for (; month <= 12; month++) {
                int matching = days(kind, year, month) & ~KNOWN & -(1 << from);
                if (matching != 0) {
                    return LocalDate.of(year, month, Integer.numberOfTrailingZeros(matching) + 1)
                            .toEpochDay();
                }
                from = 0;
                steps.take();
            }
            month = 1;
        }
        return Long.MAX_VALUE;
    }

    /** Such days from the first to the last of a period, ascending. */
    int[] within(long first, long last) {
        LocalDate from = LocalDate.ofEpochDay(first);
        int year = from.getYear();
        int month = from.getMonthValue();
        int kind = kindOf(year);
        int[] within = new int[(int) (last - first) + 1];
        int size = 0;
        long start = first - from.getDayOfMonth() + 1;
        while (start <= last) {
            int matching = days(kind, year, month) & ~KNOWN;
            for (; matching != 0; matching &= matching - 1) {
                long day = start + Integer.numberOfTrailingZeros(matching);
                if (day >= first && day <= last) {
                    within[size++] = (int) day;
                }
            }
            start += Month.of(month).length(Year.isLeap(year));
            month++;
            if (month > 12) {
                month = 1;
                year++;
                kind = kindOf(year);
            }
        }
        return size == within.length ? within : Arrays.copyOf(within, size);
    }

    private static int kindOf(int year) {
        int weekday = LocalDate.of(year, 1, 1).getDayOfWeek().getValue() - 1;
        return weekday * 4 + (Year.isLeap(year) ? 2 : 0) + (Year.isLeap(year - 1L) ? 1 : 0);
    }

    private int days(int kind, int year, int month) {
        int index = kind * 12 + month - 1;
        if (months[index] == 0) {
            LocalDate first = LocalDate.of(year, month, 1);
            int days = KNOWN;
            for (int day = 0; day < first.lengthOfMonth(); day++) {
                if (filter.test(first.plusDays(day))) {
                    days |= 1 << day;
                }
            }
            months[index] = days;
        }
        return months[index];
    }
}
