package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What is within a value: by a key, by a path of keys, and the value with something else there. */
final class Access {
    private static final int MAX_INDEX = 1 << 28;
    private static final String SLICE_NUMBERS = "Start and end indices of an array slice must be numbers";

    private final Meter meter;

    Access(Meter meter) {
        this.meter = meter;
    }

    /** @param key a name, an index, a slice ({@code {"start":…,"end":…}}), or an array to be found in one */
    JsonNode get(JsonNode value, JsonNode key) {
        if (value.isObject() && key.isTextual()) {
            JsonNode found = value.get(key.textValue());
            return found == null ? Values.NULL : found;
        }
        if (value.isArray() && key.isNumber()) {
            return item(value, key.doubleValue());
        }
        if (value.isNull() && (key.isTextual() || key.isNumber() || key.isObject())) {
            return Values.NULL;
        }
        if (key.isObject() && (value.isArray() || value.isTextual())) {
            return slice(value, key);
        }
        if (value.isArray() && key.isArray()) {
            return Collections.indices(value, key, meter);
        }
        throw cannotIndex(value, key);
    }

    private static Raised cannotIndex(JsonNode value, JsonNode key) {
        String what = key.isTextual() ? "string \"" + key.textValue() + "\"" : Values.type(key);
        return new Raised("Cannot index " + Values.type(value) + " with " + what);
    }

    private static JsonNode item(JsonNode array, double key) {
        double index = Math.floor(key);
        if (index < 0) {
            index += array.size();
        }
        // Not a number is no index.
        return index >= 0 && index < array.size() ? array.get((int) index) : Values.NULL;
    }

    private JsonNode slice(JsonNode value, JsonNode key) {
        int length = value.isArray() ? value.size() : Texts.length(value.textValue());
        Range range = Range.of(key, length);
        if (value.isTextual()) {
            return Texts.slice(value.textValue(), range.from, range.to, meter);
        }
        List<JsonNode> items = new ArrayList<>();
        meter.array(range.to - range.from);
        for (int i = range.from; i < range.to; i++) {
            items.add(value.get(i));
        }
        return Values.array(items, meter);
    }

    private record Range(int from, int to) {
        static Range of(JsonNode key, int length) {
            JsonNode start = key.path("start");
            JsonNode end = key.path("end");
            // A slice has both, if null.
            if (start.isMissingNode() || end.isMissingNode() || !isBound(start) || !isBound(end)) {
                throw new Raised(SLICE_NUMBERS);
            }
            int from = clamp(start.isNull() ? 0 : Math.floor(start.doubleValue()), length);
            int to = clamp(end.isNull() ? length : Math.ceil(end.doubleValue()), length);
            return new Range(from, Math.max(from, to));
        }

        private static boolean isBound(JsonNode bound) {
            return bound.isNull() || bound.isNumber();
        }

        private static int clamp(double index, int length) {
            return (int) Math.max(0, Math.min(length, index < 0 ? index + length : index));
        }
    }

    JsonNode getPath(JsonNode value, JsonNode path) {
        checkPath(path);
        JsonNode at = value;
        for (JsonNode key : path) {
            if (at.isNull()) {
                return Values.NULL;
            }
            meter.step();
            at = get(at, key);
        }
        return at;
    }

    JsonNode setPath(JsonNode value, JsonNode path, JsonNode item) {
        checkPath(path);
        return setPath(value, path, 0, item);
    }

    private JsonNode setPath(JsonNode value, JsonNode path, int depth, JsonNode item) {
        if (depth == path.size()) {
            return item;
        }
        JsonNode key = path.get(depth);
        return set(value, key, setPath(get(value, key), path, depth + 1, item));
    }

    private static void checkPath(JsonNode path) {
        if (!path.isArray()) {
            throw new Raised("Path must be specified as an array");
        }
        Meter.nesting(path.size());
    }

    private JsonNode set(JsonNode value, JsonNode key, JsonNode item) {
        if (key.isTextual() && (value.isObject() || value.isNull())) {
            ObjectNode object = value.isNull() ? Values.object() : Values.copyObject(value, meter);
            meter.object(1);
            return object.set(key.textValue(), item);
        }
        if (key.isNumber() && (value.isArray() || value.isNull())) {
            return setItem(value, key.doubleValue(), item);
        }
        if (key.isObject() && (value.isArray() || value.isNull())) {
            return setSlice(value, key, item);
        }
        if (key.isArray() && value.isArray()) {
            throw new Raised("Cannot update field at array index of array");
        }
        throw cannotIndex(value, key);
    }

    private JsonNode setItem(JsonNode value, double key, JsonNode item) {
        double index = Math.floor(key) + (key < 0 ? value.size() : 0);
        if (index < 0) {
            throw new Raised("Out of bounds negative array index");
        }
        if (index > MAX_INDEX) {
            throw new Raised("Array index too large");
        }
        int at = Double.isNaN(index) ? 0 : (int) index;
        meter.array(at);
        ArrayNode array = value.isNull() ? Values.array() : Values.copy(value, meter);
        while (array.size() <= at) {
            array.addNull();
        }
        array.set(at, item);
        return array;
    }

    private JsonNode setSlice(JsonNode value, JsonNode key, JsonNode items) {
        if (!items.isArray()) {
            throw new Raised("A slice of an array can only be assigned another array");
        }
        Range range = Range.of(key, value.size());
        List<JsonNode> all = new ArrayList<>();
        meter.array((long) value.size() + items.size());
        for (int i = 0; i < range.from; i++) {
            all.add(value.get(i));
        }
        items.forEach(all::add);
        for (int i = range.to; i < value.size(); i++) {
            all.add(value.get(i));
        }
        return Values.array(all, meter);
    }

    /** Last ones first, so that those before them stay where they are. */
    JsonNode deletePaths(JsonNode value, JsonNode paths) {
        if (!paths.isArray()) {
            throw new Raised("Paths must be specified as an array");
        }
        List<JsonNode> sorted = Collections.sorted(paths, meter);
        JsonNode rest = value;
        for (int i = sorted.size() - 1; i >= 0; i--) {
            checkPath(sorted.get(i));
            rest = delete(rest, sorted.get(i), 0);
        }
        return rest;
    }

    private JsonNode delete(JsonNode value, JsonNode path, int depth) {
        if (depth == path.size() || value.isNull()) {
            return Values.NULL;
        }
        meter.step();
        JsonNode key = path.get(depth);
        if (depth == path.size() - 1) {
            return deleteKey(value, key);
        }
        JsonNode inner = get(value, key);
        return inner.isNull() ? value : set(value, key, delete(inner, path, depth + 1));
    }

    private JsonNode deleteKey(JsonNode value, JsonNode key) {
        if (value.isObject() && key.isTextual()) {
            ObjectNode rest = Values.copyObject(value, meter);
            rest.remove(key.textValue());
            return rest;
        }
        if (value.isArray() && key.isNumber()) {
            double index = Math.floor(key.doubleValue());
            double at = index < 0 ? index + value.size() : index;
            if (!(at >= 0 && at < value.size())) {
                return value;
            }
            ArrayNode rest = Values.copy(value, meter);
            rest.remove((int) at);
            return rest;
        }
        if (value.isArray() && key.isObject()) {
            return setSlice(value, key, Values.array());
        }
        throw new Raised(
                "Cannot delete field at " + (value.isArray() ? "array" : "object") + " index of " + Values.type(value));
    }
}
