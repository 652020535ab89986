package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What leaves the evaluator is JSON that anything can write: not nested too deeply, and its numbers are numbers. */
final class Outputs {
    private final Meter meter;

    private Outputs(Meter meter) {
        this.meter = meter;
    }

    static JsonNode of(JsonNode value, Meter meter) {
        return new Outputs(meter).of(value, 0);
    }

    /** The same instance when nothing in it has to change. */
    private JsonNode of(JsonNode value, int depth) {
        Meter.nesting(depth);
        meter.step();
        if (value.isNumber()) {
            double number = value.doubleValue();
            return Double.isNaN(number) ? Values.NULL : Double.isInfinite(number) ? largest(number) : value;
        }
        if (value.isArray()) {
            return array(value, depth);
        }
        return value.isObject() ? object(value, depth) : value;
    }

    private static JsonNode largest(double infinite) {
        return Numbers.of(Math.copySign(Double.MAX_VALUE, infinite));
    }

    private JsonNode array(JsonNode value, int depth) {
        ArrayNode changed = null;
        for (int i = 0; i < value.size(); i++) {
            JsonNode item = of(value.get(i), depth + 1);
            if (item != value.get(i)) {
                changed = changed == null ? Values.copy(value, meter) : changed;
                changed.set(i, item);
            }
        }
        return changed == null ? value : changed;
    }

    private JsonNode object(JsonNode value, int depth) {
        ObjectNode changed = null;
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode item = of(field.getValue(), depth + 1);
            if (item != field.getValue()) {
                changed = changed == null ? Values.copyObject(value, meter) : changed;
                changed.set(field.getKey(), item);
            }
        }
        return changed == null ? value : changed;
    }
}
