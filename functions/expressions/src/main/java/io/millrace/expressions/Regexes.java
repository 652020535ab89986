package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.Map;

/**
 * Regular expressions, in the syntax of RE2 and not of Oniguruma: without lookaround and back references, and so in
 * time that grows with the text times the pattern.
 */
final class Regexes {
    private static final int MAX_LENGTH = 1_000;
    /** Steps of the machine that it becomes; a UUID takes some 40. */
    private static final int MAX_SIZE = 5_000;

    private static final int READS_OF_A_STEP = 32;

    private Regexes() {}

    /** All matches, or with {@code test} whether there is one. */
    static JsonNode matches(JsonNode input, JsonNode regex, JsonNode flags, boolean test, Meter meter) {
        if (!input.isTextual()) {
            throw new Raised(Values.describe(input) + " cannot be matched, as it is not a string");
        }
        if (!regex.isTextual()) {
            throw new Raised(Values.describe(regex) + " cannot be matched, as it is not a string");
        }
        if (!flags.isTextual() && !flags.isNull()) {
            throw new Raised(Values.describe(flags) + " is not a string");
        }
        String options = flags.isNull() ? "" : flags.textValue();
        Pattern pattern = compiled(regex.textValue(), options, meter);
        String text = input.textValue();
        Matcher matcher = pattern.matcher(new Charged(text, pattern.programSize(), meter));
        if (test) {
            return Values.of(matcher.find());
        }
        return all(matcher, text, options, names(pattern), meter);
    }

    private static JsonNode all(Matcher matcher, String text, String options, Map<Integer, String> names, Meter meter) {
        ArrayNode matches = Values.array();
        boolean global = options.contains("g");
        boolean skipEmpty = options.contains("n");
        Offsets offsets = new Offsets(text);
        while (matcher.find()) {
            meter.step();
            if (!skipEmpty || matcher.end() > matcher.start()) {
                matches.add(match(matcher, text, offsets, names, meter));
            }
            if (!global) {
                break;
            }
        }
        return matches;
    }

    private static JsonNode match(
            Matcher matcher, String text, Offsets offsets, Map<Integer, String> names, Meter meter) {
        ObjectNode match = part(text, matcher.start(), matcher.end(), offsets, meter);
        ArrayNode captures = match.putArray("captures");
        for (int group = 1; group <= matcher.groupCount(); group++) {
            ObjectNode capture = part(text, matcher.start(group), matcher.end(group), offsets, meter);
            captures.add(capture.put("name", names.get(group)));
        }
        return match;
    }

    private static ObjectNode part(String text, int start, int end, Offsets offsets, Meter meter) {
        meter.object(4);
        ObjectNode part = Values.object();
        if (start < 0) {
            part.set("offset", Numbers.of(-1));
            part.set("length", Numbers.of(0));
            part.set("string", Values.NULL);
            return part;
        }
        int offset = offsets.of(start);
        part.set("offset", Numbers.of(offset));
        part.set("length", Numbers.of(text.codePointCount(start, end)));
        part.set("string", Values.text(text.substring(start, end), meter));
        return part;
    }

    /** Of chars, in characters of Unicode, counted on from where it counted to last. */
    private static final class Offsets {
        private final String text;
        private int at;
        private int offset;

        Offsets(String text) {
            this.text = text;
        }

        int of(int index) {
            if (index < at) {
                return offset - text.codePointCount(index, at);
            }
            offset += text.codePointCount(at, index);
            at = index;
            return offset;
        }
    }

    /** A text of which each character that is read costs what the pattern may do with it. */
    private static final class Charged implements CharSequence {
        private final String text;
        private final int cost;
        private final Meter meter;
        private int unpaid;

        Charged(String text, int cost, Meter meter) {
            this.text = text;
            this.cost = cost;
            this.meter = meter;
        }

        @Override
        public char charAt(int index) {
            unpaid += cost;
            if (unpaid >= READS_OF_A_STEP) {
                meter.steps(unpaid / READS_OF_A_STEP);
                unpaid %= READS_OF_A_STEP;
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return text.subSequence(from, to);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static Map<Integer, String> names(Pattern pattern) {
        Map<Integer, String> names = new HashMap<>();
        pattern.namedGroups().forEach((name, group) -> names.put(group, name));
        return names;
    }

    private static Pattern compiled(String regex, String flags, Meter meter) {
        String key = flags + "/" + regex;
        Pattern known = meter.pattern(key);
        if (known != null) {
            return known;
        }
        if (regex.length() > MAX_LENGTH) {
            throw refused(regex, "it has more than " + MAX_LENGTH + " characters");
        }
        // It would hide groups from whoever counts them.
        if (regex.contains("\\Q")) {
            throw refused(regex, "\\Q is no escape");
        }
        boolean fold = flags.contains("i") || hasFlags(regex);
        if (fold && hasLargeClass(regex)) {
            throw refused(regex, "case can be ignored only when all of it is ASCII");
        }
        long size = RegexSize.of(regex, MAX_SIZE);
        if (size > MAX_SIZE) {
            throw refused(regex, "it is too large, with what it repeats written out");
        }
        meter.steps(size);
        // A step of the machine, with what the compiler makes on the way.
        meter.array(16 * size);
        Pattern pattern = compile(regex, flags);
        meter.remember(key, pattern);
        return pattern;
    }

    private static Pattern compile(String regex, String flags) {
        int options = 0;
        for (char flag : flags.toCharArray()) {
            switch (flag) {
                case 'g', 'n', 'l' -> {}
                case 'i' -> options |= Pattern.CASE_INSENSITIVE;
                case 's' -> options |= Pattern.DOTALL;
                case 'x' -> throw new Raised("the flag x, of extended patterns, is not available");
                case 'p' -> options |= Pattern.DOTALL;
                default -> throw new Raised(flags + " is not a valid modifier string");
            }
        }
        try {
            return Pattern.compile(inRe2(regex), options);
        } catch (PatternSyntaxException e) {
            throw refused(regex, e.getDescription());
        }
    }

    /** {@code (?<name>} is {@code (?P<name>} in RE2/J. */
    private static String inRe2(String regex) {
        StringBuilder re2 = new StringBuilder();
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            re2.append(c);
            if (c == '\\' && i + 1 < regex.length()) {
                re2.append(regex.charAt(++i));
            } else if (isNamedGroup(regex, i)) {
                re2.append("?P");
                i++;
            }
        }
        return re2.toString();
    }

    private static boolean isNamedGroup(String regex, int at) {
        return regex.startsWith("(?<", at) && !regex.startsWith("=", at + 3) && !regex.startsWith("!", at + 3);
    }

    /** Whether a group begins as neither {@code (?:} nor one with a name. */
    private static boolean hasFlags(String regex) {
        for (int at = regex.indexOf("(?"); at >= 0; at = regex.indexOf("(?", at + 1)) {
            if (at + 2 < regex.length() && ":P<=!".indexOf(regex.charAt(at + 2)) < 0) {
                return true;
            }
        }
        return false;
    }

    private static Raised refused(String regex, String reason) {
        return new Raised("the pattern " + regex + " can't be used: " + reason
                + ". Patterns are in RE2 syntax, without lookaround and back references");
    }

    /** To fold the case of a class takes as long as the class has characters. */
    private static boolean hasLargeClass(String regex) {
        return regex.chars().anyMatch(c -> c > 127)
                || regex.contains("\\x")
                || regex.contains("\\p")
                || regex.contains("\\P")
                || regex.contains("\\0");
    }
}
