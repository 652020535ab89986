package io.millrace.schema.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * ISO 8601 date-times as they stand in events: {@code yyyy-MM-ddTHH:mm[:ss[.f]]} with or without an offset ({@code Z},
 * {@code +hh:mm}). Written by hand because each event has several of them, and {@code java.time}'s parser costs more
 * than all the rest of reading an event.
 */
public final class IsoDateTimes {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final int MIN_YEAR = 1970;
    private static final int MAX_YEAR = 2200;

    private IsoDateTimes() {}

    /**
     * What was read.
     *
     * @param wallClockMillis the date and time as if it were UTC, milliseconds since the epoch, fractions rounded up
     * @param hasOffset whether the text had an offset
     * @param offsetMillis the offset, zero without one
     */
    public record Parsed(long wallClockMillis, boolean hasOffset, long offsetMillis) {

        /** The instant; only with an offset. */
        public Instant instant() {
            return Instant.ofEpochMilli(wallClockMillis - offsetMillis);
        }

        /** The date and time on the wall clock. */
        public LocalDateTime local() {
            return IsoDateTimes.localOf(wallClockMillis);
        }
    }

    /** The local date-time that is {@code millis} milliseconds after 1970-01-01T00:00 on the same wall clock. */
    public static LocalDateTime localOf(long millis) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, ZoneOffset.UTC);
    }

    /**
     * Reads a date-time.
     *
     * @throws IllegalArgumentException when the text is none, or outside the years 1970 to 2200; the message says why
     */
    public static Parsed parse(String text) {
        int length = text.length();
        if (length < 16 || text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(13) != ':') {
            throw malformed();
        }
        char separator = text.charAt(10);
        if (separator != 'T') {
            throw malformed();
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int at = 16;
        int second = 0;
        int millis = 0;
        if (at < length && text.charAt(at) == ':') {
            second = digits(text, at + 1, 2);
            at += 3;
            if (at < length && text.charAt(at) == '.') {
                int start = ++at;
                int scale = 100;
                boolean more = false;
                while (at < length && isDigit(text.charAt(at))) {
                    int digit = text.charAt(at++) - '0';
                    millis += digit * scale;
                    more |= scale == 0 && digit > 0;
                    scale /= 10;
                }
                if (at == start || at - start > 9) {
                    throw malformed();
                }
                millis += more ? 1 : 0;
            }
        }
        if (year < MIN_YEAR || year > MAX_YEAR) {
            throw new IllegalArgumentException("the year must be between 1970 and 2200");
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw new IllegalArgumentException("there is no such time of day");
        }
        long epochDay;
        try {
            epochDay = LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no such date", e);
        }
        long wallClock = epochDay * MILLIS_PER_DAY + ((hour * 60L + minute) * 60L + second) * 1000L + millis;
        if (at == length) {
            return new Parsed(wallClock, false, 0);
        }
        return new Parsed(wallClock, true, offsetMillis(text, at));
    }

    private static long offsetMillis(String text, int at) {
        char sign = text.charAt(at);
        if (sign == 'Z' && at + 1 == text.length()) {
            return 0;
        }
        if (sign != '+' && sign != '-' || text.length() != at + 6 || text.charAt(at + 3) != ':') {
            throw malformed();
        }
        int hours = digits(text, at + 1, 2);
        int minutes = digits(text, at + 4, 2);
        if (hours > 18 || minutes > 59 || hours == 18 && minutes > 0) {
            throw new IllegalArgumentException("an offset is at most 18 hours");
        }
        long millis = (hours * 60L + minutes) * 60_000L;
        return sign == '-' ? -millis : millis;
    }

    private static int digits(String text, int from, int count) {
        if (from + count > text.length()) {
            throw malformed();
        }
        int value = 0;
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                throw malformed();
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "expected an ISO 8601 date-time such as 2026-12-01T09:00:00+01:00 or 2026-12-01T09:00:00");
    }

    /** {@code 2026-12-01T08:00:00.000Z}: the instant {@code epochMillis} in UTC, for years 0 to 9999. */
    public static String formatUtc(long epochMillis) {
        char[] text = new char[24];
        writeWallClock(text, epochMillis);
        text[19] = '.';
        writeDigits(text, 20, (int) Math.floorMod(epochMillis, 1000L), 3);
        text[23] = 'Z';
        return new String(text);
    }

    /** {@code 2026-12-01T09:00:00}, with a fraction only when there is one. */
    public static String formatLocal(LocalDateTime local) {
        long millis = local.toInstant(ZoneOffset.UTC).toEpochMilli();
        int fraction = (int) Math.floorMod(millis, 1000L);
        char[] text = new char[fraction == 0 ? 19 : 23];
        writeWallClock(text, millis);
        if (fraction != 0) {
            text[19] = '.';
            writeDigits(text, 20, fraction, 3);
        }
        return new String(text);
    }

    private static void writeWallClock(char[] text, long millis) {
        long day = Math.floorDiv(millis, MILLIS_PER_DAY);
        int secondOfDay = (int) (Math.floorMod(millis, MILLIS_PER_DAY) / 1000);
        LocalDate date = LocalDate.ofEpochDay(day);
        writeDigits(text, 0, date.getYear(), 4);
        text[4] = '-';
        writeDigits(text, 5, date.getMonthValue(), 2);
        text[7] = '-';
        writeDigits(text, 8, date.getDayOfMonth(), 2);
        text[10] = 'T';
        writeDigits(text, 11, secondOfDay / 3600, 2);
        text[13] = ':';
        writeDigits(text, 14, secondOfDay / 60 % 60, 2);
        text[16] = ':';
        writeDigits(text, 17, secondOfDay % 60, 2);
    }

    private static void writeDigits(char[] text, int at, int value, int count) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
