package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where in a value a path expression has got to, and what is there. A value that is not the one that is there came from
 * elsewhere, and can't be walked on from.
 */
record Place(Place parent, JsonNode key, JsonNode there, int depth) {
    static Place root(JsonNode value) {
        return new Place(null, null, value, 0);
    }

    Place child(JsonNode of, JsonNode childKey, JsonNode value) {
        check(of);
        Meter.nesting(depth);
        return new Place(this, childKey, value, depth + 1);
    }

    void check(JsonNode value) {
        boolean same = value == there || value.isNumber() && value.equals(there);
        if (!same) {
            throw new Raised("Invalid path expression with result " + JsonText.excerpt(value));
        }
    }

    JsonNode keys(Meter meter) {
        Deque<JsonNode> keys = new ArrayDeque<>();
        for (Place place = this; place.parent != null; place = place.parent) {
            keys.addFirst(place.key);
        }
        return Values.array(keys, meter);
    }
}
