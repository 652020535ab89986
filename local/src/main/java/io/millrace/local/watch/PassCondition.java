package io.millrace.local.watch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each value of a checkpoint has to be, such as {@code <= 300}. */
record PassCondition(String text, String operator, double than) {
    private static final Pattern FORM = Pattern.compile("(>=|<=|==|>|<)\\s*(-?\\d+(?:\\.\\d+)?)");

    /** @throws IllegalArgumentException when it is none */
    static PassCondition of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no condition such as \"<= 300\"");
        }
        return new PassCondition(text, parts.group(1), Double.parseDouble(parts.group(2)));
    }

    /** What is no number satisfies none. */
    boolean holds(double value) {
        return switch (operator) {
            case ">" -> value > than;
            case ">=" -> value >= than;
            case "<" -> value < than;
            case "<=" -> value <= than;
            default -> value == than;
        };
    }
}
