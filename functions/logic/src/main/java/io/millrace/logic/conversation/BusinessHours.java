package io.millrace.logic.conversation;

import java.io.Serializable;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** When people are there: hours of days of the week, in a time zone. */
public final class BusinessHours implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int DAYS_AHEAD = 3_700;
    private static final List<String> NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private record Hours(LocalTime from, LocalTime until) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    private final Map<DayOfWeek, Hours> days = new EnumMap<>(DayOfWeek.class);
    private final ZoneId zone;

    private BusinessHours(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param text {@code always}, or days and hours such as {@code Mon-Fri 09:00-17:00, Sat 10:00-14:00}
     * @throws IllegalArgumentException when it is none, saying what is wrong
     */
    public static BusinessHours parse(String text, ZoneId zone) {
        BusinessHours hours = new BusinessHours(zone);
        if (text.isBlank() || text.trim().equalsIgnoreCase("always")) {
            for (DayOfWeek day : DayOfWeek.values()) {
                hours.days.put(day, new Hours(LocalTime.MIN, LocalTime.MIN));
            }
            return hours;
        }
        for (String part : text.split(",", -1)) {
            hours.add(part.trim());
        }
        return hours;
    }

    private void add(String part) {
        String[] words = part.split(" +", -1);
        if (words.length != 2) {
            throw new IllegalArgumentException("\"" + part + "\" must be days and hours, such as Mon-Fri 09:00-17:00");
        }
        String[] times = words[1].split("-", -1);
        if (times.length != 2) {
            throw new IllegalArgumentException("\"" + words[1] + "\" must be two times, such as 09:00-17:00");
        }
        Hours hours = new Hours(time(times[0]), time(times[1]));
        if (!hours.until().equals(LocalTime.MIN) && !hours.from().isBefore(hours.until())) {
            throw new IllegalArgumentException("\"" + words[1] + "\" must end after it begins; 00:00 is the day's end");
        }
        for (DayOfWeek day : days(words[0])) {
            if (days.put(day, hours) != null) {
                throw new IllegalArgumentException("\"" + part + "\": " + NAMES.get(day.ordinal()) + " is given twice");
            }
        }
    }

    private static Set<DayOfWeek> days(String word) {
        String[] ends = word.split("-", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException("\"" + word + "\" must be a day or two, such as Mon-Fri");
        }
        Set<DayOfWeek> days = new TreeSet<>();
        DayOfWeek day = day(ends[0]);
        DayOfWeek last = day(ends[ends.length - 1]);
        days.add(day);
        while (day != last) {
            day = day.plus(1);
            days.add(day);
        }
        return days;
    }

    private static DayOfWeek day(String name) {
        int index = NAMES.indexOf(name.toLowerCase(Locale.ROOT));
        if (index < 0) {
            throw new IllegalArgumentException("\"" + name + "\" must be one of Mon, Tue, Wed, Thu, Fri, Sat, Sun");
        }
        return DayOfWeek.of(index + 1);
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text.equals("24:00") ? "00:00" : text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + text + "\" must be a time such as 09:00", e);
        }
    }

    public ZoneId zone() {
        return zone;
    }

    public boolean isOpen(Instant at) {
        return next(at).equals(at);
    }

    /** The first time from then on when people are there. */
    public Instant next(Instant at) {
        LocalDate date = at.atZone(zone).toLocalDate();
        for (int i = 0; i <= DAYS_AHEAD; i++) {
            Hours hours = days.get(date.plusDays(i).getDayOfWeek());
            if (hours != null && at.isBefore(end(date.plusDays(i), hours))) {
                Instant begin =
                        date.plusDays(i).atTime(hours.from()).atZone(zone).toInstant();
                return begin.isAfter(at) ? begin : at;
            }
        }
        return at;
    }

    /** The time until which people were there for so long, from then on. */
    public Instant after(Instant at, Duration work) {
        Duration left = work;
        Instant from = at;
        for (int day = 0; day < DAYS_AHEAD; day++) {
            from = next(from);
            LocalDate date = from.atZone(zone).toLocalDate();
            Instant end = end(date, days.get(date.getDayOfWeek()));
            Duration there = Duration.between(from, end);
            if (left.compareTo(there) <= 0) {
                return from.plus(left);
            }
            left = left.minus(there);
            from = end;
        }
        return from;
    }

    private Instant end(LocalDate date, Hours hours) {
        ZonedDateTime end = hours.until().equals(LocalTime.MIN)
                ? date.plusDays(1).atStartOfDay(zone)
                : date.atTime(hours.until()).atZone(zone);
        return end.toInstant();
    }
}
