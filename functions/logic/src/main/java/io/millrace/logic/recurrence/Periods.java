package io.millrace.logic.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * The years, months, weeks or days a rule visits: every {@code interval}-th, from the one that holds its start. They
 * are numbered from 0; days are epoch days.
 */
final class Periods {

    private static final long MONDAY_BEFORE_EPOCH = -3;

    private final Frequency unit;
    private final long interval;
    private final int weekOffset;
    private final long startUnit;

    /** @param unit a day or longer */
    Periods(Frequency unit, int interval, LocalDate start, DayOfWeek weekStart) {
        this.unit = unit;
        this.interval = interval;
        this.weekOffset = weekStart.getValue() - 1;
        this.startUnit = unitOf(start.toEpochDay());
    }

    /** The number of the first period that ends on or after the day; 0 before the start. */
    long numberAt(long epochDay) {
        long units = Math.max(0, unitOf(epochDay) - startUnit);
        return (units + interval - 1) / interval;
    }

    long firstDay(long number) {
        return firstDayOfUnit(startUnit + number * interval);
    }

    long lastDay(long number) {
        return firstDayOfUnit(startUnit + number * interval + 1) - 1;
    }

    private long unitOf(long epochDay) {
        return switch (unit) {
            case YEARLY -> LocalDate.ofEpochDay(epochDay).getYear();
            case MONTHLY -> {
                LocalDate day = LocalDate.ofEpochDay(epochDay);
                yield day.getYear() * 12L + day.getMonthValue() - 1;
            }
            case WEEKLY -> Math.floorDiv(epochDay - MONDAY_BEFORE_EPOCH - weekOffset, 7L);
            case DAILY, HOURLY, MINUTELY -> epochDay;
        };
    }

    private long firstDayOfUnit(long number) {
        return switch (unit) {
            case YEARLY -> LocalDate.of((int) number, 1, 1).toEpochDay();
            case MONTHLY ->
                LocalDate.of((int) Math.floorDiv(number, 12L), (int) Math.floorMod(number, 12L) + 1, 1)
                        .toEpochDay();
            case WEEKLY -> number * 7 + MONDAY_BEFORE_EPOCH + weekOffset;
            case DAILY, HOURLY, MINUTELY -> number;
        };
    }
}
