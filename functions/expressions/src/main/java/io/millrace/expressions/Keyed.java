package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** Functions that order an array's items by keys, which have been found for each: {@code sort_by}, {@code group_by}, … */
final class Keyed {
    private Keyed() {}

    private record Item(JsonNode value, JsonNode key) {}

    private static List<Item> items(JsonNode array, JsonNode keys, String what, Meter meter) {
        if (!array.isArray()) {
            throw new Raised(Values.describe(array) + " cannot be " + what + ", as it is not an array");
        }
        meter.array(2L * array.size());
        List<Item> items = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            items.add(new Item(array.get(i), keys.get(i)));
        }
        return items;
    }

    private static List<Item> sorted(JsonNode array, JsonNode keys, String what, Meter meter) {
        List<Item> items = items(array, keys, what, meter);
        items.sort((left, right) -> Order.compare(left.key, right.key, meter));
        return items;
    }

    static JsonNode sort(JsonNode array, JsonNode keys, Meter meter) {
        return Values.array(
                sorted(array, keys, "sorted", meter).stream().map(Item::value).toList(), meter);
    }

    static JsonNode group(JsonNode array, JsonNode keys, Meter meter) {
        ArrayNode groups = Values.array();
        ArrayNode group = null;
        JsonNode key = null;
        for (Item item : sorted(array, keys, "grouped", meter)) {
            if (group == null || !Order.equal(key, item.key, meter)) {
                meter.array(1);
                group = groups.addArray();
                key = item.key;
            }
            meter.array(1);
            group.add(item.value);
        }
        return groups;
    }

    static JsonNode unique(JsonNode array, JsonNode keys, Meter meter) {
        ArrayNode firsts = Values.array();
        for (JsonNode group : group(array, keys, meter)) {
            firsts.add(group.get(0));
        }
        return firsts;
    }

    /** Null for an empty array; of equal ones the first when it is least, the last when it is greatest. */
    static JsonNode extreme(JsonNode array, JsonNode keys, boolean greatest, Meter meter) {
        Item best = null;
        for (Item item : items(array, keys, "compared", meter)) {
            int difference = best == null ? 0 : Order.compare(item.key, best.key, meter);
            if (best == null || (greatest ? difference >= 0 : difference < 0)) {
                best = item;
            }
        }
        return best == null ? Values.NULL : best.value;
    }
}
