package io.millrace.logic.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The slow way to read an RRULE, to check the fast one against: look at every minute from the beginning of the start's
 * year, ask whether the rule allows it, collect the minutes of each interval, apply BYSETPOS.
 */
final class RuleReference {

    private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    private final Map<String, String> parts = new HashMap<>();
    private final LocalDateTime start;
    private final String frequency;
    private final boolean withinDay;
    private final DayOfWeek weekStart;

    RuleReference(String rule, LocalDateTime start) {
        for (String part : rule.split(";")) {
            parts.put(part.split("=")[0], part.split("=")[1]);
        }
        this.start = start;
        this.frequency = parts.get("FREQ");
        this.withinDay = frequency.equals("HOURLY") || frequency.equals("MINUTELY");
        this.weekStart = DayOfWeek.of(WEEKDAYS.indexOf(parts.getOrDefault("WKST", "MO")) + 1);
    }

    /** The rule's times from the start on, before the end. */
    List<LocalDateTime> until(LocalDate end) {
        List<LocalTime> minutes = IntStream.range(0, 1440)
                .mapToObj(LocalTime.MIN::plusMinutes)
                .filter(this::isTime)
                .toList();
        Map<LocalDateTime, List<LocalDateTime>> intervals = new LinkedHashMap<>();
        LocalDate day = start.toLocalDate().withDayOfYear(1).minusDays(7);
        for (; day.isBefore(end.plusYears(1).withDayOfYear(1)); day = day.plusDays(1)) {
            if (!isDay(day) || (!withinDay && !isOnInterval(day.atStartOfDay()))) {
                continue;
            }
            for (LocalTime minute : minutes) {
                LocalDateTime time = day.atTime(minute);
                if (!withinDay || isOnInterval(time)) {
                    intervals
                            .computeIfAbsent(periodOf(time), k -> new ArrayList<>())
                            .add(time);
                }
            }
        }
        return intervals.values().stream()
                .flatMap(set -> chosen(set).stream())
                .filter(time -> !time.isBefore(start) && time.isBefore(end.atStartOfDay()))
                .toList();
    }

    private List<LocalDateTime> chosen(List<LocalDateTime> set) {
        if (!parts.containsKey("BYSETPOS")) {
            return set;
        }
        TreeSet<LocalDateTime> chosen = new TreeSet<>();
        for (int position : numbers("BYSETPOS")) {
            if (Math.abs(position) <= set.size()) {
                chosen.add(set.get(position > 0 ? position - 1 : set.size() + position));
            }
        }
        return List.copyOf(chosen);
    }

    private boolean isOnInterval(LocalDateTime time) {
        long interval = Long.parseLong(parts.getOrDefault("INTERVAL", "1"));
        ChronoUnit unit =
                switch (frequency) {
                    case "YEARLY" -> ChronoUnit.YEARS;
                    case "MONTHLY" -> ChronoUnit.MONTHS;
                    case "WEEKLY" -> ChronoUnit.WEEKS;
                    case "DAILY" -> ChronoUnit.DAYS;
                    case "HOURLY" -> ChronoUnit.HOURS;
                    default -> ChronoUnit.MINUTES;
                };
        return unit.between(periodOf(start), periodOf(time)) % interval == 0;
    }

    private LocalDateTime periodOf(LocalDateTime time) {
        return switch (frequency) {
            case "YEARLY" -> time.toLocalDate().withDayOfYear(1).atStartOfDay();
            case "MONTHLY" -> time.toLocalDate().withDayOfMonth(1).atStartOfDay();
            case "WEEKLY" ->
                time.toLocalDate()
                        .with(TemporalAdjusters.previousOrSame(weekStart))
                        .atStartOfDay();
            case "DAILY" -> time.toLocalDate().atStartOfDay();
            case "HOURLY" -> time.truncatedTo(ChronoUnit.HOURS);
            default -> time.truncatedTo(ChronoUnit.MINUTES);
        };
    }

    private boolean isTime(LocalTime time) {
        boolean hour = parts.containsKey("BYHOUR")
                ? numbers("BYHOUR").contains(time.getHour())
                : withinDay || time.getHour() == start.getHour();
        boolean minute = parts.containsKey("BYMINUTE")
                ? numbers("BYMINUTE").contains(time.getMinute())
                : "MINUTELY".equals(frequency) || time.getMinute() == start.getMinute();
        return hour && minute;
    }

    private boolean isDay(LocalDate day) {
        return matches("BYMONTH", day.getMonthValue(), 12)
                && matches("BYMONTHDAY", day.getDayOfMonth(), day.lengthOfMonth())
                && matches("BYYEARDAY", day.getDayOfYear(), day.lengthOfYear())
                && (!parts.containsKey("BYWEEKNO") || isWeek(day))
                && (!parts.containsKey("BYDAY") || isWeekday(day))
                && agreesWithStart(day);
    }

    private boolean agreesWithStart(LocalDate day) {
        if (parts.containsKey("BYDAY") || parts.containsKey("BYMONTHDAY") || parts.containsKey("BYYEARDAY")) {
            return true;
        }
        if ("WEEKLY".equals(frequency) || parts.containsKey("BYWEEKNO")) {
            return day.getDayOfWeek() == start.getDayOfWeek();
        }
        boolean monthDay = day.getDayOfMonth() == start.getDayOfMonth();
        return switch (frequency) {
            case "YEARLY" -> monthDay && (parts.containsKey("BYMONTH") || day.getMonth() == start.getMonth());
            case "MONTHLY" -> monthDay;
            default -> true;
        };
    }

    private boolean isWeek(LocalDate day) {
        var field = WeekFields.of(weekStart, 4).weekOfWeekBasedYear();
        return matches("BYWEEKNO", day.get(field), (int) day.range(field).getMaximum());
    }

    private boolean isWeekday(LocalDate day) {
        String name = WEEKDAYS.get(day.getDayOfWeek().getValue() - 1);
        boolean inMonth = "MONTHLY".equals(frequency) || parts.containsKey("BYMONTH");
        LocalDate first = inMonth ? day.withDayOfMonth(1) : day.withDayOfYear(1);
        LocalDate last = first.plusMonths(inMonth ? 1 : 12).minusDays(1);
        long before = ChronoUnit.WEEKS.between(first, day) + 1;
        long after = ChronoUnit.WEEKS.between(day, last) + 1;
        return Arrays.stream(parts.get("BYDAY").split(","))
                .anyMatch(value -> value.equals(name) || value.equals(before + name) || value.equals(-after + name));
    }

    private boolean matches(String part, int value, int size) {
        return !parts.containsKey(part)
                || numbers(part).contains(value)
                || numbers(part).contains(value - size - 1);
    }

    private Set<Integer> numbers(String part) {
        return Arrays.stream(parts.get(part).split(",")).map(Integer::valueOf).collect(Collectors.toSet());
    }
}
