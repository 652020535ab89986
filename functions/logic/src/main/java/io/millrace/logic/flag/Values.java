package io.millrace.logic.flag;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Values of expressions, which are those of ECMAScript: how one is taken for another (ECMA-262 §7.1, §7.2). */
final class Values {
    private static final double MAX_PLAIN = 1e21;
    private static final double MIN_PLAIN = 1e-6;
    private static final double MAX_EXACT = 9_007_199_254_740_992.0;
    /** Possessive: texts are anybody's, and digits that were taken are not tried again in other ways. */
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:Infinity|(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?)");

    private static final Pattern OTHER_BASE = Pattern.compile("0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)");
    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private Values() {}

    /** What JSON stands for. */
    static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.doubleValue();
            case STRING -> node.textValue();
            case ARRAY -> {
                List<Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(of(element)));
                yield list;
            }
            case OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                node.properties().forEach(field -> map.put(field.getKey(), of(field.getValue())));
                yield map;
            }
            default -> null;
        };
    }

    static boolean isContainer(Object value) {
        return value instanceof List || value instanceof Map;
    }

    /** JSON Logic's own: empty lists and objects are false. */
    static boolean isTrue(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Double number) {
            return number != 0 && !number.isNaN();
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        return value instanceof Map<?, ?> map && !map.isEmpty();
    }

    /** As a number; not a number when it is none. */
    static double number(Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value instanceof String text ? number(text) : Double.NaN;
    }

    private static double number(String text) {
        String trimmed = trim(text);
        if (trimmed.isEmpty()) {
            return 0;
        }
        if (DECIMAL.matcher(trimmed).matches()) {
            return Double.parseDouble(trimmed);
        }
        if (trimmed.length() <= EvaluationBudget.MAX_TEXT / 64
                && OTHER_BASE.matcher(trimmed).matches()) {
            int base =
                    switch (trimmed.charAt(1)) {
                        case 'x', 'X' -> 16;
                        case 'o', 'O' -> 8;
                        default -> 2;
                    };
            return new java.math.BigInteger(trimmed.substring(2), base).doubleValue();
        }
        return Double.NaN;
    }

    /** Without white space at its ends. */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c >= '\t' && c <= '\r' || c == '\uFEFF' || Character.isSpaceChar(c);
    }

    /** As a number that is one. */
    static double numberOrFail(Object value) {
        double number = number(value);
        if (Double.isNaN(number)) {
            throw new RuleException("a number was expected where " + described(value) + " is");
        }
        return number;
    }

    static String described(Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof List) {
            return "a list";
        }
        if (value instanceof Map) {
            return "an object";
        }
        return value instanceof String ? "a text" : value instanceof Boolean ? "a boolean" : "a number";
    }

    /** As a text. */
    static String text(Object value, EvaluationBudget work) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double number) {
            return text(number);
        }
        if (value instanceof Map) {
            return "[object Object]";
        }
        if (!(value instanceof List<?> list)) {
            return String.valueOf(value);
        }
        work.elements(list.size());
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            joined.append(i == 0 ? "" : ",");
            if (list.get(i) != null) {
                append(joined, text(list.get(i), work), work);
            }
        }
        return joined.toString();
    }

    static void append(StringBuilder text, String more, EvaluationBudget work) {
        if (text.length() + more.length() > EvaluationBudget.MAX_TEXT) {
            throw new RuleException("a text has more than " + EvaluationBudget.MAX_TEXT + " characters");
        }
        work.characters(more.length());
        text.append(more);
    }

    /** The shortest text that is this number (ECMA-262, Number::toString). */
    static String text(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        if (number == Math.rint(number) && Math.abs(number) <= MAX_EXACT) {
            return Long.toString((long) number);
        }
        BigDecimal shortest = shortest(number);
        double size = Math.abs(number);
        if (size >= MIN_PLAIN && size < MAX_PLAIN) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (number < 0 ? "-" : "") + mantissa + (exponent < 0 ? "e" : "e+") + exponent;
    }

    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17)).stripTrailingZeros();
    }

    /** A property by its name; null also when there is none. */
    static Object property(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return map.get(name);
        }
        if (value instanceof List<?> list) {
            int index = index(name, list.size());
            return index >= 0 ? list.get(index) : name.equals("length") ? (Object) (double) list.size() : null;
        }
        if (value instanceof String text) {
            int index = index(name, text.length());
            return index >= 0
                    ? text.substring(index, index + 1)
                    : name.equals("length") ? (Object) (double) text.length() : null;
        }
        return null;
    }

    static boolean hasProperty(Object value, String name) {
        return value instanceof Map<?, ?> map
                ? map.containsKey(name)
                : property(value, name) != null || hasIndex(value, name);
    }

    private static boolean hasIndex(Object value, String name) {
        return value instanceof List<?> list && index(name, list.size()) >= 0;
    }

    private static int index(String name, int size) {
        if (!INDEX.matcher(name).matches()) {
            return -1;
        }
        int index = Integer.parseInt(name);
        return index < size ? index : -1;
    }

    /** The same value of the same type; lists and objects only when they are one and the same. */
    static boolean isSame(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue();
        }
        return isContainer(a) || isContainer(b) ? a == b : a == null ? b == null : a.equals(b);
    }
}
