package io.millrace.logic.recurrence;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.parser.CronParser;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A cron expression of five fields as crontab(5) describes it. cron-utils reads the fields; what they mean is decided
 * here.
 *
 * <p>A day field that starts with {@code *} does not restrict the days by itself: with {@code *}{@code /2} and
 * {@code MON} both must agree. When neither starts with {@code *}, either is enough. That is how Vixie cron and cronie
 * read it, and their manual ("do not start with *").
 */
final class CronRule {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    /** Stricter than cron-utils, which takes "/5" and digits of other scripts, and stumbles over "0-/". */
    private static final Pattern FIELD;

    static {
        String element = "(?:\\*|[0-9A-Z]+(?:-[0-9A-Z]+)?)(?:/[0-9]+)?";
        FIELD = Pattern.compile(element + "(?:," + element + ")*+");
    }

    /** To cron-utils SUN is 7 and SUN-SAT an empty range; to cron it is 0. */
    private static final Pattern RANGE_FROM_SUNDAY = Pattern.compile("\\bSUN-(?!SUN\\b)");

    private final Set<Integer> minutes;
    private final Set<Integer> hours;
    private final Set<Integer> monthDays;
    private final Set<Integer> months;
    private final Set<Integer> weekdays;
    private final boolean eitherDay;

    private CronRule(Cron cron) {
        minutes = values(cron, CronFieldName.MINUTE, 0, 59);
        hours = values(cron, CronFieldName.HOUR, 0, 23);
        monthDays = values(cron, CronFieldName.DAY_OF_MONTH, 1, 31);
        months = values(cron, CronFieldName.MONTH, 1, 12);
        weekdays = new TreeSet<>();
        values(cron, CronFieldName.DAY_OF_WEEK, 0, 7).forEach(day -> weekdays.add(day == 0 ? 7 : day));
        eitherDay =
                !startsWithStar(cron, CronFieldName.DAY_OF_MONTH) && !startsWithStar(cron, CronFieldName.DAY_OF_WEEK);
    }

    /** @throws InvalidRecurrenceException that names the field */
    static CronRule parse(String text, String field) {
        String upper = text.toUpperCase(Locale.ROOT);
        String[] fields = upper.strip().split("[ \\t]+");
        if (fields.length != 5) {
            throw new InvalidRecurrenceException(field, "has " + fields.length + " fields, not five");
        }
        for (String value : fields) {
            if (!FIELD.matcher(value).matches()) {
                throw new InvalidRecurrenceException(field, "'" + value + "' is not a field of a cron expression");
            }
        }
        try {
            return new CronRule(PARSER.parse(RANGE_FROM_SUNDAY.matcher(upper).replaceAll("0-")));
        } catch (IllegalArgumentException e) {
            throw new InvalidRecurrenceException(
                    field, e.getMessage().replace("Failed to parse cron expression. ", ""));
        }
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

    private static boolean startsWithStar(Cron cron, CronFieldName name) {
        return expression(cron, name).asString().startsWith("*");
    }

    private static FieldExpression expression(Cron cron, CronFieldName name) {
        return cron.retrieveFieldsAsMap().get(name).getExpression();
    }

    private static Set<Integer> values(Cron cron, CronFieldName name, int first, int last) {
        Set<Integer> values = new TreeSet<>();
        collect(expression(cron, name), first, last, values);
        return values;
    }

    private static void collect(FieldExpression expression, int first, int last, Set<Integer> values) {
        if (expression instanceof And list) {
            list.getExpressions().forEach(element -> collect(element, first, last, values));
        } else if (expression instanceof Every every) {
            int step = every.getPeriod().getValue();
            FieldExpression range = every.getExpression();
            if (range instanceof On on) {
                addSteps(on.getTime().getValue(), last, step, values);
            } else if (range instanceof Between between) {
                addSteps(from(between), to(between), step, values);
            } else {
                addSteps(first, last, step, values);
            }
        } else if (expression instanceof Between between) {
            addSteps(from(between), to(between), 1, values);
        } else if (expression instanceof On on) {
            values.add(on.getTime().getValue());
        } else {
            addSteps(first, last, 1, values);
        }
    }

    private static int from(Between between) {
        return (Integer) between.getFrom().getValue();
    }

    private static int to(Between between) {
        return (Integer) between.getTo().getValue();
    }

    private static void addSteps(int from, int to, int step, Set<Integer> values) {
        for (int value = from; value <= to; value += step) {
            values.add(value);
        }
    }
}
