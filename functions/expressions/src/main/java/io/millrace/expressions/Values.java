package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.Map;

/** How values are made and named. None is altered once it is made. */
final class Values {
    static final JsonNode NULL = NullNode.instance;
    static final JsonNode TRUE = BooleanNode.TRUE;
    static final JsonNode FALSE = BooleanNode.FALSE;

    private Values() {}

    static JsonNode of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static JsonNode text(String text, Meter meter) {
        meter.text(text.length());
        return TextNode.valueOf(text);
    }

    static ArrayNode array() {
        return new ArrayNode(JsonNodeFactory.instance);
    }

    static ArrayNode array(Collection<? extends JsonNode> items, Meter meter) {
        meter.array(items.size());
        return new ArrayNode(JsonNodeFactory.instance, items.size()).addAll(items);
    }

    static ObjectNode object() {
        return new ObjectNode(JsonNodeFactory.instance);
    }

    /** One that may be altered. */
    static ArrayNode copy(JsonNode array, Meter meter) {
        meter.array(array.size());
        ArrayNode copy = new ArrayNode(JsonNodeFactory.instance, array.size() + 1);
        array.forEach(copy::add);
        return copy;
    }

    static ObjectNode copyObject(JsonNode object, Meter meter) {
        meter.object(object.size());
        ObjectNode copy = object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            copy.set(field.getKey(), field.getValue());
        }
        return copy;
    }

    static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> "number";
            case STRING -> "string";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case BOOLEAN -> "boolean";
            default -> "null";
        };
    }

    /** With its type, for a message. */
    static String describe(JsonNode value) {
        return type(value) + " (" + JsonText.excerpt(value) + ")";
    }
}
