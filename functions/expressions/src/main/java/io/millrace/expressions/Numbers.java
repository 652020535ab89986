package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers are doubles, as in jq; whole ones are integers to whoever reads a result. */
final class Numbers {
    private static final double MAX_WHOLE = 1e17;
    private static final int MAX_DIGITS = 17;
    private static final int MIN_EXPONENT = -5;
    private static final int MAX_ZEROS = 15;
    private static final double PLAIN_BELOW = 1e15;

    private Numbers() {}

    static JsonNode of(double number) {
        if (isWhole(number)) {
            return of((long) number);
        }
        return DoubleNode.valueOf(number);
    }

    static JsonNode of(long number) {
        return number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number) && Math.abs(number) < MAX_WHOLE && !isMinusZero(number);
    }

    private static boolean isMinusZero(double number) {
        return number == 0 && 1 / number < 0;
    }

    /** As jq writes it: 17 digits at most, no more than are needed, an exponent when it would have many zeros. */
    static String text(JsonNode number) {
        return text(number.doubleValue());
    }

    static String text(double number) {
        if (Double.isNaN(number)) {
            return "null";
        }
        if (number == Math.rint(number) && Math.abs(number) < PLAIN_BELOW) {
            return isMinusZero(number) ? "-0" : Long.toString((long) number);
        }
        double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
        BigDecimal shortest = shortest(finite);
        int digits = shortest.precision();
        int exponent = digits - shortest.scale() - 1;
        if (exponent > MIN_EXPONENT && exponent < digits + MAX_ZEROS) {
            return shortest.toPlainString();
        }
        return withExponent(shortest.unscaledValue().abs().toString(), exponent, number < 0);
    }

    private static String withExponent(String digits, int exponent, boolean negative) {
        StringBuilder text = new StringBuilder(negative ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append(exponent < 0 ? "e-" : "e+");
        return text.append(Math.abs(exponent) < 10 ? "0" : "")
                .append(Math.abs(exponent))
                .toString();
    }

    /** Not {@code Double.toString}, which is the shortest from JDK 19 on only. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = MAX_DIGITS - 2; digits < MAX_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(MAX_DIGITS)).stripTrailingZeros();
    }
}
