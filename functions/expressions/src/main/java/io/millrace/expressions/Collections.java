package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions of whole arrays and objects. */
final class Collections {
    private Collections() {}

    static JsonNode length(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> Numbers.of(0);
            case NUMBER -> Numbers.of(Math.abs(value.doubleValue()));
            case STRING -> Numbers.of(Texts.length(value.textValue()));
            case ARRAY, OBJECT -> Numbers.of(value.size());
            default -> throw new Raised(Values.describe(value) + " has no length");
        };
    }

    static JsonNode keys(JsonNode value, boolean sorted, Meter meter) {
        ArrayNode keys = Values.array();
        meter.array(value.size());
        meter.steps(value.size());
        if (value.isObject()) {
            (sorted ? Order.keys(value, meter).iterator() : value.fieldNames()).forEachRemaining(keys::add);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                keys.add(Numbers.of(i));
            }
        } else {
            throw new Raised(Values.describe(value) + " has no keys");
        }
        return keys;
    }

    static JsonNode has(JsonNode value, JsonNode key) {
        if (value.isNull()) {
            return Values.FALSE;
        }
        if (value.isObject() && key.isTextual()) {
            return Values.of(value.has(key.textValue()));
        }
        if (value.isArray() && key.isNumber()) {
            double index = Math.floor(key.doubleValue());
            return Values.of(index >= 0 && index < value.size());
        }
        throw new Raised("Cannot check whether " + Values.type(value) + " has a "
                + (key.isTextual() ? "string" : Values.type(key)) + " key");
    }

    static JsonNode contains(JsonNode value, JsonNode part, Meter meter) {
        return Values.of(contains(value, part, meter, 0));
    }

    private static boolean contains(JsonNode value, JsonNode part, Meter meter, int depth) {
        Meter.nesting(depth);
        meter.step();
        if (value.isObject() && part.isObject()) {
            for (Map.Entry<String, JsonNode> field : part.properties()) {
                JsonNode found = value.get(field.getKey());
                if (found == null || !contains(found, field.getValue(), meter, depth + 1)) {
                    return false;
                }
            }
            return true;
        }
        if (value.isArray() && part.isArray()) {
            for (JsonNode item : part) {
                if (!containsItem(value, item, meter, depth)) {
                    return false;
                }
            }
            return true;
        }
        if (value.isTextual() && part.isTextual()) {
            return Texts.contains(value.textValue(), part.textValue(), meter);
        }
        if (Values.type(value).equals(Values.type(part))) {
            return Order.equal(value, part, meter);
        }
        if (depth > 0) {
            return false;
        }
        throw new Raised(
                Values.describe(value) + " and " + Values.describe(part) + " cannot have their containment checked");
    }

    private static boolean containsItem(JsonNode array, JsonNode part, Meter meter, int depth) {
        for (JsonNode item : array) {
            boolean comparable = Values.type(item).equals(Values.type(part));
            if (comparable && contains(item, part, meter, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Where a part begins in an array, or in a text; overlapping ones too. */
    static JsonNode indices(JsonNode value, JsonNode part, Meter meter) {
        if (value.isTextual() && part.isTextual()) {
            return Texts.indices(value.textValue(), part.textValue(), meter);
        }
        if (!value.isArray()) {
            return new Access(meter).get(value, part);
        }
        List<JsonNode> parts = new ArrayList<>();
        if (part.isArray()) {
            part.forEach(parts::add);
        } else {
            parts.add(part);
        }
        ArrayNode indices = Values.array();
        for (int i = 0; !parts.isEmpty() && i + parts.size() <= value.size(); i++) {
            int matched = 0;
            while (matched < parts.size() && Order.equal(value.get(i + matched), parts.get(matched), meter)) {
                matched++;
            }
            if (matched == parts.size()) {
                meter.array(1);
                indices.add(Numbers.of(i));
            }
        }
        return indices;
    }

    /** The first or last of them; null when there is none. */
    static JsonNode index(JsonNode value, JsonNode part, boolean last, Meter meter) {
        JsonNode indices = indices(value, part, meter);
        if (indices.isEmpty()) {
            return Values.NULL;
        }
        return indices.get(last ? indices.size() - 1 : 0);
    }

    static JsonNode add(JsonNode value, Meter meter) {
        if (!value.isContainerNode()) {
            throw new Raised("Cannot iterate over " + (value.isNull() ? "null" : Values.describe(value)));
        }
        JsonNode sum = Values.NULL;
        int item = 0;
        List<JsonNode> items = new ArrayList<>();
        value.forEach(items::add);
        meter.array(items.size());
        while (item < items.size()) {
            int end = sameKind(items, item);
            JsonNode next = end - item > 1 ? join(items.subList(item, end), meter) : items.get(item);
            sum = Arithmetic.add(sum, next, meter);
            meter.steps(end - item);
            item = end;
        }
        return sum;
    }

    /** Up to where there are texts only, or arrays only: those are put together at once. */
    private static int sameKind(List<JsonNode> items, int from) {
        int end = from;
        JsonNode first = items.get(from);
        while (end < items.size()
                && (first.isTextual() && items.get(end).isTextual()
                        || first.isArray() && items.get(end).isArray())) {
            end++;
        }
        return Math.max(end, from + 1);
    }

    private static JsonNode join(List<JsonNode> items, Meter meter) {
        if (items.get(0).isTextual()) {
            StringBuilder text = new StringBuilder();
            for (JsonNode item : items) {
                meter.made(item.textValue().length());
                text.append(item.textValue());
            }
            return Values.text(text.toString(), meter);
        }
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode item : items) {
            meter.array(item.size());
            item.forEach(all::add);
        }
        return Values.array(all, meter);
    }

    /** Numbers and booleans as their text, null as none. */
    static JsonNode join(JsonNode value, JsonNode separator, Meter meter) {
        if (!value.isContainerNode()) {
            throw new Raised("Cannot iterate over " + (value.isNull() ? "null" : Values.describe(value)));
        }
        if (value.isEmpty()) {
            return Values.text("", meter);
        }
        if (!separator.isTextual()) {
            throw new Raised(Values.describe(separator) + " cannot separate texts");
        }
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (JsonNode item : value) {
            if (item.isContainerNode()) {
                throw new Raised("string and " + Values.describe(item) + " cannot be added");
            }
            String part = item.isNull() ? "" : JsonText.plain(item, meter);
            meter.text((long) part.length() + separator.textValue().length());
            text.append(first ? "" : separator.textValue()).append(part);
            first = false;
        }
        return Values.text(text.toString(), meter);
    }

    static JsonNode flatten(JsonNode value, JsonNode depth, Meter meter) {
        if (!depth.isNumber() || depth.doubleValue() < 0) {
            throw new Raised("flatten depth must not be negative");
        }
        if (!value.isContainerNode()) {
            throw new Raised("Cannot iterate over " + (value.isNull() ? "null" : Values.describe(value)));
        }
        List<JsonNode> items = new ArrayList<>();
        flatten(value, depth.doubleValue(), items, meter, 0);
        return Values.array(items, meter);
    }

    private static void flatten(JsonNode value, double levels, List<JsonNode> items, Meter meter, int depth) {
        Meter.nesting(depth);
        for (JsonNode item : value) {
            meter.array(1);
            meter.step();
            if (item.isArray() && levels > 0) {
                flatten(item, levels - 1, items, meter, depth + 1);
            } else {
                items.add(item);
            }
        }
    }

    static JsonNode reverse(JsonNode value, Meter meter) {
        if (value.isTextual()) {
            meter.text(value.textValue().length());
            return TextNode.valueOf(
                    new StringBuilder(value.textValue()).reverse().toString());
        }
        if (!value.isArray() && length(value).doubleValue() == 0) {
            return Values.array();
        }
        List<JsonNode> items = items(value, "reversed");
        java.util.Collections.reverse(items);
        return Values.array(items, meter);
    }

    static JsonNode transpose(JsonNode value, Meter meter) {
        List<JsonNode> rows = items(value, "transposed");
        int width = 0;
        for (JsonNode row : rows) {
            if (!row.isArray() && !row.isNull()) {
                throw new Raised("Cannot index " + Values.type(row) + " with number");
            }
            width = Math.max(width, row.size());
        }
        ArrayNode columns = Values.array();
        for (int i = 0; i < width; i++) {
            meter.array(rows.size());
            ArrayNode column = Values.array();
            for (JsonNode row : rows) {
                column.add(i < row.size() ? row.get(i) : Values.NULL);
            }
            columns.add(column);
        }
        return columns;
    }

    static List<JsonNode> sorted(JsonNode value, Meter meter) {
        List<JsonNode> items = items(value, "sorted");
        meter.array(items.size());
        items.sort((left, right) -> Order.compare(left, right, meter));
        return items;
    }

    /** @param what can be done with arrays only, for the message */
    static List<JsonNode> items(JsonNode value, String what) {
        if (!value.isArray()) {
            throw new Raised(Values.describe(value) + " cannot be " + what + ", as it is not an array");
        }
        List<JsonNode> items = new ArrayList<>(value.size());
        value.forEach(items::add);
        return items;
    }
}
