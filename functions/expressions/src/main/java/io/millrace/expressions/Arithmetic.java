package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What {@code + - * / %} make of values of each type. */
final class Arithmetic {
    private Arithmetic() {}

    static JsonNode add(JsonNode left, JsonNode right, Meter meter) {
        if (left.isNull()) {
            return right;
        }
        if (right.isNull()) {
            return left;
        }
        if (left.isNumber() && right.isNumber()) {
            return Numbers.of(left.doubleValue() + right.doubleValue());
        }
        if (left.isTextual() && right.isTextual()) {
            meter.text((long) left.textValue().length() + right.textValue().length());
            return Values.text(left.textValue() + right.textValue(), meter);
        }
        if (left.isArray() && right.isArray()) {
            meter.array(right.size());
            return Values.copy(left, meter).addAll((ArrayNode) right);
        }
        if (left.isObject() && right.isObject()) {
            meter.object(right.size());
            ObjectNode sum = Values.copyObject(left, meter);
            sum.setAll((ObjectNode) right);
            return sum;
        }
        throw impossible(left, right, "added");
    }

    static JsonNode subtract(JsonNode left, JsonNode right, Meter meter) {
        if (left.isNumber() && right.isNumber()) {
            return Numbers.of(left.doubleValue() - right.doubleValue());
        }
        if (left.isArray() && right.isArray()) {
            ArrayNode rest = Values.array();
            meter.array(left.size());
            for (JsonNode item : left) {
                if (!contains(right, item, meter)) {
                    rest.add(item);
                }
            }
            return rest;
        }
        throw impossible(left, right, "subtracted");
    }

    private static boolean contains(JsonNode items, JsonNode item, Meter meter) {
        for (JsonNode other : items) {
            if (Order.equal(item, other, meter)) {
                return true;
            }
        }
        return false;
    }

    static JsonNode multiply(JsonNode left, JsonNode right, Meter meter) {
        if (left.isNumber() && right.isNumber()) {
            return Numbers.of(left.doubleValue() * right.doubleValue());
        }
        if (left.isTextual() && right.isNumber()) {
            return repeat(left.textValue(), right.doubleValue(), meter);
        }
        if (left.isNumber() && right.isTextual()) {
            return repeat(right.textValue(), left.doubleValue(), meter);
        }
        if (left.isObject() && right.isObject()) {
            return merge(left, right, meter, 0);
        }
        throw impossible(left, right, "multiplied");
    }

    private static JsonNode repeat(String text, double times, Meter meter) {
        if (Double.isNaN(times) || times <= 0) {
            return Values.NULL;
        }
        long count = Math.max(1, (long) Math.min(times, Integer.MAX_VALUE));
        meter.text(count * text.length());
        return Values.text(text.repeat((int) count), meter);
    }

    private static JsonNode merge(JsonNode left, JsonNode right, Meter meter, int depth) {
        Meter.nesting(depth);
        ObjectNode merged = Values.copyObject(left, meter);
        for (Map.Entry<String, JsonNode> field : right.properties()) {
            meter.step();
            JsonNode before = merged.get(field.getKey());
            boolean objects =
                    before != null && before.isObject() && field.getValue().isObject();
            merged.set(field.getKey(), objects ? merge(before, field.getValue(), meter, depth + 1) : field.getValue());
        }
        return merged;
    }

    static JsonNode divide(JsonNode left, JsonNode right, Meter meter) {
        if (left.isNumber() && right.isNumber()) {
            if (right.doubleValue() == 0) {
                throw new Raised(Values.describe(left) + " and " + Values.describe(right)
                        + " cannot be divided because the divisor is zero");
            }
            return Numbers.of(left.doubleValue() / right.doubleValue());
        }
        if (left.isTextual() && right.isTextual()) {
            return Texts.split(left.textValue(), right.textValue(), meter);
        }
        throw impossible(left, right, "divided");
    }

    /** Of their whole parts; the sign is the dividend's. */
    static JsonNode remainder(JsonNode left, JsonNode right) {
        if (left.isNumber() && right.isNumber()) {
            double dividend = left.doubleValue();
            double divisor = right.doubleValue();
            if (Double.isNaN(dividend) || Double.isNaN(divisor)) {
                return Numbers.of(Double.NaN);
            }
            if ((long) divisor == 0) {
                throw new Raised(Values.describe(left) + " and " + Values.describe(right)
                        + " cannot be divided (remainder) because the divisor is zero");
            }
            return Numbers.of((double) ((long) dividend % (long) divisor));
        }
        throw impossible(left, right, "divided (remainder)");
    }

    static JsonNode negate(JsonNode value) {
        if (!value.isNumber()) {
            throw new Raised(Values.describe(value) + " cannot be negated");
        }
        return Numbers.of(-value.doubleValue());
    }

    private static Raised impossible(JsonNode left, JsonNode right, String what) {
        return new Raised(Values.describe(left) + " and " + Values.describe(right) + " cannot be " + what);
    }
}
