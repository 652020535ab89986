package io.millrace.logic.recurrence;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The five fields of a cron expression, with the values that crontab(5) allows in each. */
enum CronField {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY_OF_MONTH("day of month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
    DAY_OF_WEEK("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    private static final Pattern ELEMENT =
            Pattern.compile("(?:\\*|([0-9]+|[A-Z]+)(?:-([0-9]+|[A-Z]+))?)(?:/([0-9]+))?");

    private final String label;
    private final int first;
    private final int last;
    private final List<String> names;

    CronField(String label, int first, int last, List<String> names) {
        this.label = label;
        this.first = first;
        this.last = last;
        this.names = names;
    }

    /**
     * The values a field names, Sunday as 0, 7 or both. A step from one value goes on to the last of the field; one
     * that is larger than its range gives the range's start.
     *
     * @param text in upper case
     * @param field for the message
     */
    Set<Integer> values(String text, String field) {
        Set<Integer> values = new TreeSet<>();
        for (String element : text.split(",", -1)) {
            Matcher parts = ELEMENT.matcher(element);
            if (!parts.matches()) {
                throw refused(field, element, reason(element));
            }
            int step = parts.group(3) == null ? 1 : step(parts.group(3), element, field);
            int from = parts.group(1) == null ? first : value(parts.group(1), element, field);
            int to = end(parts, from, element, field);
            if (to < from) {
                throw refused(field, element, "the range ends before it begins");
            }
            for (int value = from; value <= to; value += step) {
                values.add(value);
            }
        }
        return values;
    }

    private int end(Matcher parts, int from, String element, String field) {
        if (parts.group(2) != null) {
            int to = value(parts.group(2), element, field);
            // A week may end with SUN as well as begin with it.
            return this == DAY_OF_WEEK && from > 0 && parts.group(2).equals("SUN") ? last : to;
        }
        return parts.group(1) == null || parts.group(3) != null ? last : from;
    }

    private int value(String text, String element, String field) {
        if (!Character.isDigit(text.charAt(0))) {
            int name = names.indexOf(text);
            if (name < 0) {
                throw refused(field, element, reason(text));
            }
            return first + name;
        }
        int value = number(text);
        if (value < first || value > last) {
            throw refused(field, element, text + " is out of range; " + allowed());
        }
        return value;
    }

    private int step(String text, String element, String field) {
        int step = number(text);
        if (step < 1 || step > last) {
            throw refused(field, element, "the step " + text + " is out of range; allowed is 1 to " + last);
        }
        return step;
    }

    /** Beyond every range when it has more digits than any of them. */
    private static int number(String text) {
        return text.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    private String reason(String text) {
        for (char extension : new char[] {'#', '?', 'L', 'W'}) {
            boolean alone = extension == '#' || extension == '?' || text.matches("[0-9-]*[LW]+(?:-[0-9]+)?");
            if (alone && text.indexOf(extension) >= 0) {
                return extension + " is an extension that crontab(5) does not have; " + allowed();
            }
        }
        return "is none of its values; " + allowed();
    }

    private String allowed() {
        String words = names.isEmpty() ? "" : " or " + names.get(0) + " to " + names.get(names.size() - 1);
        return "allowed is " + first + " to " + last + words + ", *, ranges a-b, steps /n, and lists of these";
    }

    private InvalidRecurrenceException refused(String field, String element, String reason) {
        return new InvalidRecurrenceException(field, label + " '" + element + "': " + reason);
    }
}
