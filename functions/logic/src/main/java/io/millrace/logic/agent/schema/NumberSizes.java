package io.millrace.logic.agent.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds numbers that are short to write and long to calculate with: {@code 1e100000000} has as many digits as that
 * says.
 */
final class NumberSizes {
    private static final int MAX_DIGITS = 400;
    private static final int MAX_EXPONENT = 400;

    private NumberSizes() {}

    /** What is wrong with the numbers in a value, without them; null when nothing is. */
    static String problem(JsonNode value) {
        Deque<JsonNode> rest = new ArrayDeque<>();
        rest.add(value);
        while (!rest.isEmpty()) {
            JsonNode next = rest.removeLast();
            boolean unbounded = next.isBigDecimal() || next.isBigInteger();
            if (unbounded && !fits(next.decimalValue())) {
                return "a number has more than " + MAX_DIGITS + " digits, or an exponent beyond ±" + MAX_EXPONENT;
            }
            next.forEach(rest::add);
        }
        return null;
    }

    private static boolean fits(BigDecimal number) {
        long exponent = (long) number.precision() - number.scale() - 1;
        return number.precision() <= MAX_DIGITS && Math.abs(exponent) <= MAX_EXPONENT;
    }
}
