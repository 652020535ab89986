package io.millrace.logic.recurrence;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dmfs.rfc5545.Weekday;
import org.dmfs.rfc5545.recur.Freq;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.Part;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;

/**
 * Reads an RRULE value. The grammar is lib-recur's, in its strict mode; refused here is what that mode lets through: a
 * dangling separator, signs and digits the grammar does not have, an UNTIL that is no date, BYSETPOS beyond ±366, the
 * extension of RFC 7529 (RSCALE, SKIP), and rules that are too large or too frequent for tasks.
 */
final class RruleParser {

    private static final int MAX_COUNT = 10_000;
    private static final int MAX_INTERVAL = 1_000_000;

    private static final String WEEKDAYS = "MO, TU, WE, TH, FR, SA or SU";

    private static final Pattern PREFIX = Pattern.compile("^RRULE:", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9=;,+-]*");
    private static final Pattern UNTIL =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?");
    private static final Pattern PLUS_OF_UNSIGNED =
            Pattern.compile("(?:^|;)((?:COUNT|INTERVAL|BYMONTH|BYHOUR|BYMINUTE|BYSECOND)=[^;]*\\+[^;]*)");

    /** What may stand in each part, for messages. */
    private static final Map<String, String> ALLOWED = Map.ofEntries(
            Map.entry("FREQ", "YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY or MINUTELY"),
            Map.entry("INTERVAL", "1 to " + MAX_INTERVAL),
            Map.entry("COUNT", "1 to " + MAX_COUNT),
            Map.entry("UNTIL", "a date such as 20261231 or a date-time such as 20261231T230000 or 20261231T230000Z"),
            Map.entry("WKST", WEEKDAYS),
            Map.entry("BYMONTH", "1 to 12"),
            Map.entry("BYWEEKNO", "1 to 53 and -53 to -1"),
            Map.entry("BYYEARDAY", "1 to 366 and -366 to -1"),
            Map.entry("BYMONTHDAY", "1 to 31 and -31 to -1"),
            Map.entry("BYDAY", WEEKDAYS + ", in monthly and yearly rules with a number from ±1 to ±53 before it"),
            Map.entry("BYHOUR", "0 to 23"),
            Map.entry("BYMINUTE", "0 to 59"),
            Map.entry("BYSECOND", "0 to 60"),
            Map.entry("BYSETPOS", "1 to 366 and -366 to -1"));

    private final String field;

    private RruleParser(String field) {
        this.field = field;
    }

    /** @throws InvalidRecurrenceException that names the field and the part at fault */
    static Rrule parse(String text, String field) {
        return new RruleParser(field).read(PREFIX.matcher(text).replaceFirst(""));
    }

    private Rrule read(String text) {
        checkCharacters(text);
        String upper = text.toUpperCase(Locale.ROOT);
        RecurrenceRule rule = byLibrary(upper);
        Rrule read = new Rrule(
                frequency(rule.getFreq()),
                interval(rule),
                count(rule),
                until(upper),
                dayOfWeek(rule.getWeekStart()),
                numbers(rule, Part.BYMONTH).stream().map(month -> month + 1).toList(),
                numbers(rule, Part.BYWEEKNO),
                numbers(rule, Part.BYYEARDAY),
                numbers(rule, Part.BYMONTHDAY),
                weekdays(rule),
                numbers(rule, Part.BYHOUR),
                numbers(rule, Part.BYMINUTE),
                seconds(rule),
                numbers(rule, Part.BYSETPOS));
        if (read.positions().stream().anyMatch(position -> Math.abs(position) > 366)) {
            throw refused("BYSETPOS is from 1 to 366 or from -366 to -1");
        }
        return read;
    }

    private void checkCharacters(String text) {
        if (!CHARACTERS.matcher(text).matches()) {
            throw refused("an RRULE has only letters, digits and = ; , + - in it");
        }
        if (text.endsWith(";")) {
            throw refused("ends with ';'");
        }
        for (String part : text.split(";")) {
            if (part.endsWith(",")) {
                throw refused("'" + part + "' ends with ','");
            }
        }
        Matcher plus = PLUS_OF_UNSIGNED.matcher(text.toUpperCase(Locale.ROOT));
        if (plus.find()) {
            throw refused("'" + plus.group(1) + "' takes no sign");
        }
    }

    private RecurrenceRule byLibrary(String text) {
        RecurrenceRule rule;
        try {
            rule = new RecurrenceRule(text, RfcMode.RFC5545_STRICT);
        } catch (InvalidRecurrenceRuleException e) {
            throw refused(reason(text, e));
        }
        if (rule.hasPart(Part.RSCALE) || rule.hasPart(Part.SKIP)) {
            throw refused("RSCALE and SKIP (RFC 7529) are not supported");
        }
        return rule;
    }

    /** The library's messages about a value do not say which part it stands in; found by reading the parts alone. */
    private static String reason(String text, InvalidRecurrenceRuleException refusal) {
        for (String part : text.split(";")) {
            if (isReadable(part)) {
                continue;
            }
            String name = part.substring(0, Math.max(0, part.indexOf('=')));
            String allowed = ALLOWED.get(name);
            if (allowed == null) {
                return "'" + part + "' is not valid: " + refusal.getMessage();
            }
            String value = Stream.of(part.substring(name.length() + 1).split(",", -1))
                    .filter(element -> !isReadable(name + "=" + element))
                    .findFirst()
                    .orElse("");
            return "'" + part + "' is not valid: '" + value + "' in " + name + ", allowed is " + allowed;
        }
        return refusal.getMessage();
    }

    private static boolean isReadable(String part) {
        String alone = part.startsWith("FREQ=") ? part : "FREQ=YEARLY;" + part;
        try {
            new RecurrenceRule(part.startsWith("BYSETPOS=") ? alone + ";BYMONTH=1" : alone, RfcMode.RFC5545_STRICT);
            return true;
        } catch (InvalidRecurrenceRuleException e) {
            return false;
        }
    }

    private Frequency frequency(Freq freq) {
        if (freq == Freq.SECONDLY) {
            throw refused("FREQ=SECONDLY is too frequent: occurrences are at least a minute apart");
        }
        return Frequency.valueOf(freq.name());
    }

    private int interval(RecurrenceRule rule) {
        if (rule.getInterval() > MAX_INTERVAL) {
            throw refused("INTERVAL is at most " + MAX_INTERVAL);
        }
        return rule.getInterval();
    }

    private int count(RecurrenceRule rule) {
        Integer count = rule.getCount();
        if (count == null) {
            return 0;
        }
        if (count > MAX_COUNT) {
            throw refused("COUNT is at most " + MAX_COUNT);
        }
        return count;
    }

    private List<Integer> seconds(RecurrenceRule rule) {
        List<Integer> seconds = numbers(rule, Part.BYSECOND).stream()
                .map(RruleParser::withoutLeapSecond)
                .distinct()
                .toList();
        if (seconds.size() > 1) {
            throw refused("several BYSECOND are too frequent: occurrences are at least a minute apart");
        }
        return seconds;
    }

    private Until until(String text) {
        String value = Stream.of(text.split(";"))
                .filter(part -> part.startsWith("UNTIL="))
                .map(part -> part.substring("UNTIL=".length()))
                .findFirst()
                .orElse(null);
        if (value == null) {
            return null;
        }
        Matcher parts = UNTIL.matcher(value);
        if (!parts.matches()) {
            throw refused("UNTIL=" + value + " is neither a date nor a date-time");
        }
        try {
            boolean date = parts.group(4) == null;
            LocalDateTime local = LocalDateTime.of(
                    number(parts, 1),
                    number(parts, 2),
                    number(parts, 3),
                    date ? 23 : number(parts, 4),
                    date ? 59 : number(parts, 5),
                    date ? 59 : withoutLeapSecond(number(parts, 6)));
            return "Z".equals(parts.group(7))
                    ? new Until(local.toInstant(ZoneOffset.UTC), null)
                    : new Until(null, local);
        } catch (DateTimeException e) {
            throw refused("UNTIL=" + value + " does not exist");
        }
    }

    /** The 60th second is read as the 59th, as RFC 5545 §3.3.12 has it for clocks without leap seconds. */
    private static int withoutLeapSecond(int second) {
        return second == 60 ? 59 : second;
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static List<Integer> numbers(RecurrenceRule rule, Part part) {
        List<Integer> values = rule.getByPart(part);
        return values == null ? List.of() : values.stream().distinct().toList();
    }

    private static List<NthWeekday> weekdays(RecurrenceRule rule) {
        return rule.hasPart(Part.BYDAY)
                ? rule.getByDayPart().stream()
                        .map(day -> new NthWeekday(day.pos, dayOfWeek(day.weekday)))
                        .distinct()
                        .toList()
                : List.of();
    }

    private static DayOfWeek dayOfWeek(Weekday weekday) {
        return switch (weekday) {
            case MO -> DayOfWeek.MONDAY;
            case TU -> DayOfWeek.TUESDAY;
            case WE -> DayOfWeek.WEDNESDAY;
            case TH -> DayOfWeek.THURSDAY;
            case FR -> DayOfWeek.FRIDAY;
            case SA -> DayOfWeek.SATURDAY;
            case SU -> DayOfWeek.SUNDAY;
        };
    }

    private InvalidRecurrenceException refused(String cause) {
        return new InvalidRecurrenceException(field, cause);
    }
}
