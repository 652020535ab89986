package io.millrace.logic.pii;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Secrets that a word before them tells: {@code password=}, {@code "api_key":}, {@code the password is},
 * {@code Authorization: Bearer}. The value has to look like one, unless it is written as an assignment.
 */
final class AssignedSecrets implements Detector {
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_VALUE = 4_096;
    private static final int SHORTEST_CREDENTIALS = 12;

    private static final List<String> PASSWORDS = List.of(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "passcode",
            "motdepasse",
            "mdp",
            "contrasena",
            "clave",
            "credential",
            "credentials",
            "pass",
            "pw");
    private static final List<String> KEYS = List.of(
            "secret",
            "apikey",
            "accesskey",
            "secretkey",
            "secretaccesskey",
            "privatekey",
            "encryptionkey",
            "signingkey",
            "authkey",
            "accountkey",
            "token",
            "apitoken",
            "cleapi",
            "clesecrete",
            "claveapi",
            "clavesecreta",
            "signature",
            "sig",
            "jeton",
            "sessionid",
            "cookie",
            "authorization");
    private static final List<String> PINS = List.of("pin", "cvv", "cvc", "cvv2", "otp", "pincode", "codepin");
    private static final String LAST_LETTERS = Stream.of(PASSWORDS, KEYS, PINS)
            .flatMap(List::stream)
            .map(name -> name.substring(name.length() - 1))
            .distinct()
            .collect(Collectors.joining());
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
        if (!mayEndName(text, at)) {
            return null;
        }
        String name = nameBefore(text, at);
        boolean isPassword = endsWithAny(name, PASSWORDS);
        boolean isPin = endsWithAny(name, PINS);
        if (!isPassword && !isPin && !endsWithAny(name, KEYS)) {
            return null;
        }
        int start = at + 1;
        while (start - at < 6 && "'\"=>\\ \t".indexOf(text.at(start)) >= 0) {
            start++;
        }
        start = afterScheme(text, start);
        int end = valueEnd(text, start);
        String value = text.between(start, end);
        boolean isSecret = isPin
                ? isPin(value)
                : isPassword ? isPassword(value, text.at(at) == '=' || text.at(start - 1) == '"') : isKey(value);
        return isSecret ? new PiiSpan(PiiType.SECRET, start, end) : null;
    }

    /** Most of what stands before a colon ends with another letter than all names of secrets. */
    private static boolean mayEndName(Text text, int at) {
        int end = at;
        while (at - end < 4 && " '\"\\]".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        return LAST_LETTERS.indexOf(Chars.base(text.at(end - 1))) >= 0;
    }

    /** The letters of the name before a sign, which quotes may surround. */
    private static String nameBefore(Text text, int at) {
        int end = at;
        while (at - end < 4 && " '\"\\]".indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        while (end - start < LONGEST_NAME && isName(text.at(start - 1)) && start > text.floor()) {
            start--;
        }
        return Chars.bases(text.between(start, end), "");
    }

    private static boolean isName(char c) {
        return Chars.isWord(c) || c == '-' || c == '.' || c == ' ';
    }

    private static boolean endsWithAny(String name, List<String> endings) {
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
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
        while (end > start && ".,;:!?)]}\\".indexOf(text.at(end - 1)) >= 0) {
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
        int copula = text.wordEnd(next);
        if (!WordKind.COPULA.in(text.kinds(next, copula))) {
            return null;
        }
        int start = text.skipBlanks(text.skip(copula, ':'));
        start = text.skip(text.skip(start, '"'), '\'');
        int end = valueEnd(text, start);
        String value = text.between(start, end);
        boolean isSecret = first.equals("pin") ? isPin(value) : isPassword(value, false);
        return isSecret ? new PiiSpan(PiiType.SECRET, start, end) : null;
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
