package io.millrace.logic.pii;

import java.util.Locale;
import java.util.Set;

/**
 * Secrets that a word before them tells: {@code password=}, {@code "api_key":}, {@code the password is},
 * {@code Authorization: Bearer}. The value has to look like one, unless it is written as an assignment.
 */
final class AssignedSecrets implements Detector {
    private static final int LONGEST_VALUE = 4_096;
    private static final int SHORTEST_CREDENTIALS = 12;
    private static final int MAX_WORDS_BETWEEN = 3;

    private static final Set<String> NO_SECRETS = Set.of(
            "null",
            "none",
            "true",
            "false",
            "undefined",
            "required",
            "optional",
            "string",
            "changeme",
            "hidden",
            "redacted",
            "nil",
            "empty",
            "invalid",
            "incorrect",
            "expired",
            "missing",
            "requis",
            "incorrecta",
            "requerida");

    @Override
    public PiiSpan find(Text text, int at) {
        char c = text.at(at);
        return c == ':' || c == '=' ? assigned(text, at) : told(text, at);
    }

    private static PiiSpan assigned(Text text, int at) {
        SecretNames.Kind kind = SecretNames.before(text, at);
        if (kind == null) {
            return null;
        }
        int start = at + 1;
        while (start - at < 6 && "'\"=>\\ \t".indexOf(text.at(start)) >= 0) {
            start++;
        }
        start = afterScheme(text, start);
        int end = valueEnd(text, start);
        String value = text.between(start, end);
        boolean isWritten = text.at(at) == '=' || text.at(start - 1) == '"';
        boolean isSecret =
                switch (kind) {
                    case PIN -> isPin(value);
                    case PASSWORD -> isPassword(value, isWritten);
                    case KEY -> isKey(value);
                };
        return isSecret ? new PiiSpan(PiiType.SECRET, start, end) : null;
    }

    private static int afterScheme(Text text, int start) {
        int end = text.wordEnd(start);
        String scheme = text.between(start, Math.max(start, end)).toLowerCase(Locale.ROOT);
        return text.at(end) == ' ' && Set.of("bearer", "basic", "token").contains(scheme) ? end + 1 : start;
    }

    private static int valueEnd(Text text, int start) {
        int end = start;
        while (end - start < LONGEST_VALUE && end < text.to() && isValue(text.at(end))) {
            end++;
        }
        while (end > start && ".,;:)]}\\".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        return Math.max(start, end);
    }

    private static boolean isValue(char c) {
        return c > ' ' && c != '"' && c != '\'' && c != '<' && c != '>' && c != ',' && c != ';' && c != '&' && c != '`';
    }

    /** "the password is", and the schemes of HTTP (RFC 9110 §11.1). */
    private static PiiSpan told(Text text, int at) {
        int word = text.wordEnd(at);
        int next = text.skipBlanks(word);
        String first = Chars.bases(text.between(at, word), "");
        if (next == word) {
            return null;
        }
        if (first.equals("bearer") || first.equals("basic")) {
            int end = valueEnd(text, next);
            return end - next >= SHORTEST_CREDENTIALS && isKey(text.between(next, end))
                    ? new PiiSpan(PiiType.SECRET, next, end)
                    : null;
        }
        int copula = copulaEnd(text, next);
        if (copula < 0) {
            return null;
        }
        int start = text.skipBlanks(text.skip(copula, ':'));
        start = text.skip(text.skip(start, '"'), '\'');
        int end = valueEnd(text, start);
        String value = text.between(start, end);
        boolean isSecret = first.equals("pin") ? isPin(value) : isPassword(value, false);
        return isSecret ? new PiiSpan(PiiType.SECRET, start, end) : null;
    }

    /** "is", ":", with a few words before, as in "the password of the router is"; negative when there is none. */
    private static int copulaEnd(Text text, int from) {
        int i = from;
        for (int words = 0; words <= MAX_WORDS_BETWEEN; words++) {
            int end = text.wordEnd(i);
            if (WordKind.COPULA.in(text.kinds(i, end))) {
                return end;
            }
            int next = text.skipBlanks(end);
            if (text.at(next) == ':') {
                return next;
            }
            if (end == i || next == end) {
                return -1;
            }
            i = next;
        }
        return -1;
    }

    private static boolean isPin(String value) {
        return value.length() >= 3 && value.length() <= 8 && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isPassword(String value, boolean isAssigned) {
        if (value.length() < 4 || isPlaceholder(value)) {
            return false;
        }
        return isAssigned || classes(value) >= 2 && value.length() >= 6;
    }

    private static boolean isKey(String value) {
        return value.length() >= SHORTEST_CREDENTIALS
                && !isPlaceholder(value)
                && !Tokens.isUuid(value, 0)
                && value.chars().anyMatch(c -> c >= '0' && c <= '9')
                && classes(value) >= 2
                && entropy(value) >= 2.5;
    }

    private static boolean isPlaceholder(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return NO_SECRETS.contains(lower)
                || lower.startsWith("${")
                || lower.startsWith("{{")
                || lower.startsWith("$")
                || lower.startsWith("/")
                || lower.startsWith(Tokens.PREFIX.toLowerCase(Locale.ROOT))
                || lower.chars().allMatch(c -> c == '*' || c == 'x' || c == '.' || c == '#' || c == '•' || c == '-');
    }

    /** Of lower case, capitals beyond the first letter, digits and signs, how many there are. */
    private static int classes(String value) {
        boolean lower = false;
        boolean upper = false;
        boolean digit = false;
        boolean sign = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            upper |= Chars.isUpper(c) && i > 0;
            digit |= Chars.isDigit(c);
            sign |= !Chars.isLetterOrDigit(c) && c != '-' && c != '/';
            lower |= Chars.isLetter(c) && !Chars.isUpper(c);
        }
        return (lower ? 1 : 0) + (upper ? 1 : 0) + (digit ? 1 : 0) + (sign ? 1 : 0);
    }

    /** Bits for each character (Shannon), by how often each comes. */
    private static double entropy(String value) {
        int[] counts = new int[128];
        for (int i = 0; i < value.length(); i++) {
            counts[value.charAt(i) & 127]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / value.length();
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
