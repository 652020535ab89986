package io.millrace.logic.pii;

/** Dates and times in digits, which look like numbers of other kinds. */
final class Moments {
    private Moments() {}

    /** Where the date, with the time behind it, ends that begins there; {@code at} when none does. */
    static int end(Text text, int at) {
        if (!text.isDigit(at + 1) && !isSeparator(text.at(at + 1))) {
            return at;
        }
        int first = digits(text, at);
        char separator = text.at(first);
        if (!isSeparator(separator)) {
            return at;
        }
        int second = digits(text, first + 1);
        if (text.at(second) != separator) {
            return at;
        }
        int third = digits(text, second + 1);
        int years = Math.max(first - at, third - second - 1);
        boolean isYearFirst = first - at == 4 && isUpTo(text, second + 1, third, 31);
        boolean isYearLast = isUpTo(text, at, first, 31) && third - second - 1 == 4 && !text.isDigit(third);
        boolean isMonth = isUpTo(text, first + 1, second, 31);
        if (years != 4 || !isMonth || !isYearFirst && !isYearLast || text.at(third) == separator) {
            return at;
        }
        return time(text, third);
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '/' || c == '.';
    }

    private static boolean isUpTo(Text text, int start, int end, int limit) {
        return end - start == 1 || end - start == 2 && (text.at(start) - '0') * 10 + text.at(start + 1) - '0' <= limit;
    }

    /** At most five, so that a long number is none of a date. */
    private static int digits(Text text, int start) {
        int end = start;
        while (end - start < 5 && text.isDigit(end)) {
            end++;
        }
        return end;
    }

    private static int time(Text text, int date) {
        int at = text.at(date) == 'T' || text.at(date) == ' ' ? date + 1 : date;
        if (at == date || !text.isDigit(at) || !text.isDigit(at + 1) || text.at(at + 2) != ':') {
            return date;
        }
        int end = at;
        while (end < at + 24 && (text.isDigit(end) || text.at(end) == ':' || text.goesOn(end))) {
            end++;
        }
        if ((text.at(end) == '+' || text.at(end) == '-') && text.isDigit(end + 1) && text.at(end + 3) == ':') {
            return end + 6;
        }
        return text.at(end) == 'Z' ? end + 1 : end;
    }
}
