package io.millrace.logic.recurrence;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a RECURRENCE-ID: the basic format of RFC 5545 §3.3.5, {@code 20261201T090000}. */
public final class RecurrenceIds {

    private static final Pattern FORMAT =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})([0-9]{2})");

    private RecurrenceIds() {}

    /**
     * A fraction of a second is cut off: the ids of a series are whole seconds, and a due date of {@code 09:00:00.250}
     * belongs to the occurrence {@code T090000}.
     *
     * @throws IllegalArgumentException for a year outside 0–9999
     */
    public static String format(LocalDateTime local) {
        int year = local.getYear();
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException("year " + year + " does not fit a RECURRENCE-ID");
        }
        StringBuilder text = new StringBuilder(15);
        pad(text, year, 4);
        pad(text, local.getMonthValue(), 2);
        pad(text, local.getDayOfMonth(), 2);
        text.append('T');
        pad(text, local.getHour(), 2);
        pad(text, local.getMinute(), 2);
        pad(text, local.getSecond(), 2);
        return text.toString();
    }

    /** Returns null when the text is not exactly such an id or names a date or time that does not exist. */
    public static LocalDateTime parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            return LocalDateTime.of(
                    number(parts, 1),
                    number(parts, 2),
                    number(parts, 3),
                    number(parts, 4),
                    number(parts, 5),
                    number(parts, 6));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static void pad(StringBuilder text, int value, int width) {
        String digits = Integer.toString(value);
        text.append("0".repeat(width - digits.length())).append(digits);
    }
}
