package io.millrace.logic.recurrence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A cron expression of five fields as crontab(5) describes it.
 *
 * <p>A day field that starts with {@code *} does not restrict the days by itself: with {@code *}{@code /2} and
 * {@code MON} both must agree. When neither starts with {@code *}, either is enough. That is how Vixie cron and cronie
 * read it, and their manual ("do not start with *").
 */
final class CronRule {

    private static final Map<String, String> NICKNAMES = Map.of(
            "@YEARLY", "0 0 1 1 *",
            "@ANNUALLY", "0 0 1 1 *",
            "@MONTHLY", "0 0 1 * *",
            "@WEEKLY", "0 0 * * 0",
            "@DAILY", "0 0 * * *",
            "@MIDNIGHT", "0 0 * * *",
            "@HOURLY", "0 * * * *");

    private final Set<Integer> minutes;
    private final Set<Integer> hours;
    private final Set<Integer> monthDays;
    private final Set<Integer> months;
    private final Set<Integer> weekdays = new TreeSet<>();
    private final boolean eitherDay;

    private CronRule(String[] values, String field) {
        minutes = CronField.MINUTE.values(values[0], field);
        hours = CronField.HOUR.values(values[1], field);
        monthDays = CronField.DAY_OF_MONTH.values(values[2], field);
        months = CronField.MONTH.values(values[3], field);
        CronField.DAY_OF_WEEK.values(values[4], field).forEach(day -> weekdays.add(day == 0 ? 7 : day));
        eitherDay = !values[2].startsWith("*") && !values[4].startsWith("*");
    }

    /** @throws InvalidRecurrenceException that names the field, its value and what is allowed */
    static CronRule parse(String text, String field) {
        String upper = text.toUpperCase(Locale.ROOT).strip();
        if (upper.startsWith("@")) {
            String meant = NICKNAMES.get(upper);
            throw new InvalidRecurrenceException(
                    field,
                    "nicknames such as @daily are not supported; write "
                            + (meant == null ? "the five fields" : "'" + meant + "' instead"));
        }
        String[] values = upper.isEmpty() ? new String[0] : upper.split("[ \\t]+");
        if (values.length != CronField.values().length) {
            throw new InvalidRecurrenceException(
                    field,
                    "has " + values.length + " fields, not five (minute, hour, day of month, month, day of week)");
        }
        return new CronRule(values, field);
    }

    DayFilter days() {
        return day -> {
            if (!months.contains(day.getMonthValue())) {
                return false;
            }
            boolean monthDay = monthDays.contains(day.getDayOfMonth());
            boolean weekday = weekdays.contains(day.getDayOfWeek().getValue());
            return eitherDay ? monthDay || weekday : monthDay && weekday;
        };
    }

    DayTimes times() {
        return DayTimes.everyDay(hours, minutes, List.of(0));
    }
}
