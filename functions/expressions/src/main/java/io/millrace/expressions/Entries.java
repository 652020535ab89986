package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects as arrays of names and values, and back: {@code to_entries}, {@code from_entries}. */
final class Entries {
    private Entries() {}

    static JsonNode of(JsonNode value, Meter meter) {
        ArrayNode entries = Values.array();
        meter.array(value.size());
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                entries.add(entry(TextNode.valueOf(field.getKey()), field.getValue(), meter));
            }
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                entries.add(entry(Numbers.of(i), value.get(i), meter));
            }
        } else {
            throw new Raised(Values.describe(value) + " has no keys");
        }
        return entries;
    }

    private static JsonNode entry(JsonNode key, JsonNode value, Meter meter) {
        meter.object(2);
        meter.step();
        return Values.object().<ObjectNode>set("key", key).set("value", value);
    }

    /** Keys are called key, k, name, Name, Key or K; values value, v, Value or V. */
    static JsonNode object(JsonNode value, Meter meter) {
        ObjectNode object = Values.object();
        for (JsonNode entry : value.isObject() ? valuesOf(value) : Collections.items(value, "made an object")) {
            meter.object(1);
            JsonNode key = firstOf(entry, false, "key", "k", "name", "Name", "Key", "K");
            object.set(keyText(key, meter), firstOf(entry, true, "value", "v", "Value", "V"));
        }
        return object;
    }

    private static List<JsonNode> valuesOf(JsonNode object) {
        List<JsonNode> values = new ArrayList<>();
        object.forEach(values::add);
        return values;
    }

    private static String keyText(JsonNode key, Meter meter) {
        if (key.isContainerNode()) {
            throw new Raised("Cannot use " + Values.describe(key) + " as object key");
        }
        return JsonText.plain(key, meter);
    }

    /** The first that is true, or else the first that is there. */
    private static JsonNode firstOf(JsonNode entry, boolean present, String... names) {
        if (!entry.isObject()) {
            throw new Raised("Cannot index " + Values.type(entry) + " with string \"" + names[0] + "\"");
        }
        JsonNode fallback = Values.NULL;
        for (String name : names) {
            JsonNode value = entry.get(name);
            if (value != null && (present || Order.isTrue(value))) {
                return value;
            }
            if (value != null && fallback.isNull()) {
                fallback = value;
            }
        }
        return fallback;
    }
}
