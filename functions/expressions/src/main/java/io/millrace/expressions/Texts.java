package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts, counted in characters of Unicode. */
final class Texts {
    private static final int MAX_NUMBER = 1_000;
    private static final Pattern NUMBER = Pattern.compile("-?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

    private Texts() {}

    static JsonNode split(String text, String separator, Meter meter) {
        ArrayNode parts = Values.array();
        meter.text(text.length());
        if (separator.isEmpty()) {
            text.codePoints().forEach(point -> {
                meter.array(1);
                parts.add(Character.toString(point));
            });
            return parts;
        }
        if (text.isEmpty()) {
            return parts;
        }
        int from = 0;
        for (int at : positions(text, separator, false, meter)) {
            if (at >= from) {
                parts.add(part(text, from, at, meter));
                from = at + separator.length();
            }
        }
        return parts.add(part(text, from, text.length(), meter));
    }

    private static JsonNode part(String text, int from, int to, Meter meter) {
        meter.array(1);
        return Values.text(text.substring(from, to), meter);
    }

    static boolean contains(String text, String part, Meter meter) {
        return !positions(text, part, true, meter).isEmpty();
    }

    /** Where a part begins, counted in characters; those that overlap too. */
    static JsonNode indices(String text, String part, Meter meter) {
        if (part.isEmpty()) {
            return Values.NULL;
        }
        ArrayNode indices = Values.array();
        int from = 0;
        int characters = 0;
        for (int at : positions(text, part, false, meter)) {
            characters += text.codePointCount(from, at);
            from = at;
            meter.array(1);
            indices.add(Numbers.of(characters));
        }
        return indices;
    }

    /** In time that grows with both lengths and not with their product (Knuth, Morris, Pratt). */
    private static List<Integer> positions(String text, String part, boolean first, Meter meter) {
        meter.read(text.length() + part.length());
        List<Integer> found = new ArrayList<>();
        if (part.isEmpty()) {
            found.add(0);
            return found;
        }
        meter.made(2L * part.length());
        int[] borders = borders(part);
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(i) == part.charAt(matched)) {
                matched++;
            }
            if (matched == part.length()) {
                meter.array(1);
                found.add(i - matched + 1);
                if (first) {
                    return found;
                }
                matched = borders[matched - 1];
            }
        }
        return found;
    }

    private static int[] borders(String part) {
        int[] borders = new int[part.length()];
        int length = 0;
        for (int i = 1; i < part.length(); i++) {
            while (length > 0 && part.charAt(i) != part.charAt(length)) {
                length = borders[length - 1];
            }
            if (part.charAt(i) == part.charAt(length)) {
                length++;
            }
            borders[i] = length;
        }
        return borders;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** From one character to before another; both within the text. */
    static JsonNode slice(String text, int from, int to, Meter meter) {
        meter.read(text.length());
        int begin = text.offsetByCodePoints(0, from);
        return Values.text(text.substring(begin, text.offsetByCodePoints(begin, to - from)), meter);
    }

    static JsonNode explode(JsonNode input, Meter meter) {
        String text = of(input, "explode");
        ArrayNode points = Values.array();
        meter.steps(text.length());
        meter.array(text.length());
        text.codePoints().forEach(point -> points.add(Numbers.of(point)));
        return points;
    }

    static JsonNode implode(JsonNode input, Meter meter) {
        if (!input.isArray()) {
            throw new Raised("implode input must be an array");
        }
        meter.steps(input.size());
        StringBuilder text = new StringBuilder();
        for (JsonNode point : input) {
            if (!point.isNumber() || !Character.isValidCodePoint((int) point.doubleValue())) {
                throw new Raised("implode input must be an array of code points");
            }
            text.appendCodePoint((int) point.doubleValue());
        }
        return Values.text(text.toString(), meter);
    }

    /** ASCII letters only. */
    static JsonNode changeCase(JsonNode input, boolean up, Meter meter) {
        String text = of(input, up ? "ascii_upcase" : "ascii_downcase");
        meter.text(text.length());
        char first = up ? 'a' : 'A';
        int shift = up ? -32 : 32;
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= first && c < first + 26) {
                changed.setCharAt(i, (char) (c + shift));
            }
        }
        return TextNode.valueOf(changed.toString());
    }

    static JsonNode trim(JsonNode input, boolean left, boolean right, Meter meter) {
        if (!input.isTextual()) {
            throw new Raised(Values.describe(input) + " cannot be trimmed");
        }
        String text = input.textValue();
        int from = 0;
        int to = text.length();
        while (left && from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (right && to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return from == 0 && to == text.length() ? input : Values.text(text.substring(from, to), meter);
    }

    /** Without a part at its beginning or end; what is no text, or has no such part, stays. */
    static JsonNode without(JsonNode input, JsonNode part, boolean left, Meter meter) {
        if (!input.isTextual() || !part.isTextual()) {
            return input;
        }
        String text = input.textValue();
        String end = part.textValue();
        boolean has = left ? text.startsWith(end) : text.endsWith(end);
        if (!has) {
            return input;
        }
        return Values.text(
                left ? text.substring(end.length()) : text.substring(0, text.length() - end.length()), meter);
    }

    static JsonNode bytes(JsonNode input, Meter meter) {
        String text = of(input, "utf8bytelength");
        meter.text(text.length());
        return Numbers.of(text.getBytes(StandardCharsets.UTF_8).length);
    }

    static JsonNode toNumber(JsonNode input, Meter meter) {
        if (input.isNumber()) {
            return input;
        }
        if (!input.isTextual()) {
            throw new Raised(Values.describe(input) + " cannot be parsed as a number");
        }
        String text = input.textValue().strip();
        meter.read(text.length());
        boolean number = text.length() <= MAX_NUMBER && NUMBER.matcher(text).matches();
        if (!number) {
            throw new Raised(Values.describe(input) + " cannot be parsed as a number");
        }
        return Numbers.of(Double.parseDouble(text));
    }

    private static String of(JsonNode input, String function) {
        if (!input.isTextual()) {
            throw new Raised(function + " input must be a string");
        }
        return input.textValue();
    }
}
