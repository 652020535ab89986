package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Times, as seconds since 1970 or as a list of their parts, in UTC. No function here knows what time it is. */
final class Dates {
    private static final long MAX_SECONDS = 253_402_300_799L;
    private static final int PARTS = 8;

    private Dates() {}

    /** Seconds, of a date-time with an offset (RFC 3339). */
    static JsonNode fromIso(JsonNode input) {
        if (!input.isTextual()) {
            throw new Raised("fromdate needs a string, not " + Values.describe(input));
        }
        try {
            Instant instant = OffsetDateTime.parse(input.textValue()).toInstant();
            return Numbers.of(instant.getEpochSecond());
        } catch (DateTimeParseException e) {
            throw new Raised(JsonText.excerpt(input) + " is not a date-time such as 2026-01-31T09:00:00Z");
        }
    }

    /** Year, month from 0, day, hours, minutes, seconds, day of the week and of the year, both from 0. */
    static JsonNode parts(JsonNode input, Meter meter) {
        double seconds = seconds(input, "gmtime");
        LocalDateTime time = time(seconds);
        ArrayNode parts = Values.array();
        meter.array(PARTS);
        parts.add(Numbers.of(time.getYear())).add(Numbers.of(time.getMonthValue() - 1L));
        parts.add(Numbers.of(time.getDayOfMonth())).add(Numbers.of(time.getHour()));
        parts.add(Numbers.of(time.getMinute()));
        parts.add(Numbers.of(time.getSecond() + seconds - Math.floor(seconds)));
        parts.add(Numbers.of(time.getDayOfWeek().getValue() % 7));
        return parts.add(Numbers.of(time.getDayOfYear() - 1L));
    }

    static JsonNode fromParts(JsonNode input) {
        return Numbers.of(broken(input, "mktime").toEpochSecond(ZoneOffset.UTC));
    }

    private static LocalDateTime broken(JsonNode parts, String function) {
        if (!parts.isArray() || parts.size() < 6) {
            throw new Raised(function + " requires an array of at least 6 numbers");
        }
        int[] numbers = new int[6];
        for (int i = 0; i < numbers.length; i++) {
            if (!parts.get(i).isNumber()) {
                throw new Raised(function + " requires parsed datetime inputs");
            }
            numbers[i] = (int) Math.floor(parts.get(i).doubleValue());
        }
        try {
            return LocalDateTime.of(numbers[0], 1, 1, 0, 0, 0)
                    .plusMonths(numbers[1])
                    .plusDays(numbers[2] - 1L)
                    .plusHours(numbers[3])
                    .plusMinutes(numbers[4])
                    .plusSeconds(numbers[5]);
        } catch (DateTimeException e) {
            throw new Raised(function + ": there is no such date");
        }
    }

    static JsonNode format(JsonNode input, JsonNode format, Meter meter) {
        if (!format.isTextual()) {
            throw new Raised("strftime/1 requires a string format");
        }
        LocalDateTime time = input.isArray() ? broken(input, "strftime/1") : time(seconds(input, "strftime/1"));
        StringBuilder text = new StringBuilder();
        String pattern = format.textValue();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%') {
                text.append(c);
            } else if (++i < pattern.length()) {
                text.append(field(time, pattern.charAt(i)));
            }
            meter.made(1);
        }
        return Values.text(text.toString(), meter);
    }

    private static double seconds(JsonNode input, String function) {
        double seconds = input.isNumber() ? input.doubleValue() : Double.NaN;
        if (!(Math.abs(seconds) <= MAX_SECONDS)) {
            throw new Raised(function + " requires a number of seconds since 1970");
        }
        return seconds;
    }

    private static LocalDateTime time(double seconds) {
        return LocalDateTime.ofEpochSecond((long) Math.floor(seconds), 0, ZoneOffset.UTC);
    }

    private static String field(LocalDateTime time, char conversion) {
        return switch (conversion) {
            case 'Y' -> Integer.toString(time.getYear());
            case 'C' -> two(time.getYear() / 100);
            case 'y' -> two(time.getYear() % 100);
            case 'm' -> two(time.getMonthValue());
            case 'd' -> two(time.getDayOfMonth());
            case 'e' -> String.format("%2d", time.getDayOfMonth());
            case 'H' -> two(time.getHour());
            case 'I' -> two((time.getHour() + 11) % 12 + 1);
            case 'M' -> two(time.getMinute());
            case 'S' -> two(time.getSecond());
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'j' -> String.format("%03d", time.getDayOfYear());
            case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'b', 'h' -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
            case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'Z' -> "UTC";
            case 'z' -> "+0000";
            case 's' -> Long.toString(time.toEpochSecond(ZoneOffset.UTC));
            case 'T' -> field(time, 'H') + ":" + field(time, 'M') + ":" + field(time, 'S');
            case 'R' -> field(time, 'H') + ":" + field(time, 'M');
            case 'D' -> field(time, 'm') + "/" + field(time, 'd') + "/" + field(time, 'y');
            case 'F' -> field(time, 'Y') + "-" + field(time, 'm') + "-" + field(time, 'd');
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> throw new Raised("strftime/1: %" + conversion + " is not available");
        };
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
