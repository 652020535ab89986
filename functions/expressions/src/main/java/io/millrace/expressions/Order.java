package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order of all values: null, false, true, numbers, texts, arrays, objects. */
final class Order {
    private static final Comparator<String> BY_CODE_POINT = Order::compareTexts;

    private final Meter meter;

    private Order(Meter meter) {
        this.meter = meter;
    }

    static int compare(JsonNode left, JsonNode right, Meter meter) {
        return new Order(meter).compare(left, right, 0);
    }

    static boolean equal(JsonNode left, JsonNode right, Meter meter) {
        return compare(left, right, meter) == 0;
    }

    /** The names of an object's fields, in order. */
    static List<String> keys(JsonNode object, Meter meter) {
        List<String> keys = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(keys::add);
        meter.steps(keys.size());
        keys.sort(BY_CODE_POINT);
        return keys;
    }

    static boolean isTrue(JsonNode value) {
        return !value.isNull() && !(value.isBoolean() && !value.booleanValue());
    }

    private int compare(JsonNode left, JsonNode right, int depth) {
        Meter.nesting(depth);
        meter.step();
        int kind = kind(left);
        int difference = Integer.compare(kind, kind(right));
        if (difference != 0) {
            return difference;
        }
        return switch (left.getNodeType()) {
            case NUMBER -> compareNumbers(left.doubleValue(), right.doubleValue());
            case STRING -> {
                meter.read(Math.min(left.textValue().length(), right.textValue().length()));
                yield compareTexts(left.textValue(), right.textValue());
            }
            case ARRAY -> compareArrays(left, right, depth);
            case OBJECT -> compareObjects(left, right, depth);
            default -> 0;
        };
    }

    private static int kind(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? 2 : 1;
        }
        JsonNodeType type = value.getNodeType();
        return switch (type) {
            case NUMBER -> 3;
            case STRING -> 4;
            case ARRAY -> 5;
            case OBJECT -> 6;
            default -> 0;
        };
    }

    /** Not a number is less than any number, itself too. */
    private static int compareNumbers(double left, double right) {
        if (Double.isNaN(left)) {
            return -1;
        }
        return left < right ? -1 : left == right ? 0 : 1;
    }

    /** As UTF-8, which UTF-16 is not where characters are written as two. */
    private static int compareTexts(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean bothOrNeither = Character.isSurrogate(a) == Character.isSurrogate(b);
                return bothOrNeither ? a - b : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return left.length() - right.length();
    }

    private int compareArrays(JsonNode left, JsonNode right, int depth) {
        int length = Math.min(left.size(), right.size());
        for (int i = 0; i < length; i++) {
            int difference = compare(left.get(i), right.get(i), depth + 1);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** By their sorted names first. */
    private int compareObjects(JsonNode left, JsonNode right, int depth) {
        List<String> names = keys(left, meter);
        List<String> others = keys(right, meter);
        int length = Math.min(names.size(), others.size());
        for (int i = 0; i < length; i++) {
            int difference = compareTexts(names.get(i), others.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        if (names.size() != others.size()) {
            return Integer.compare(names.size(), others.size());
        }
        for (String name : names) {
            int difference = compare(left.get(name), right.get(name), depth + 1);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
