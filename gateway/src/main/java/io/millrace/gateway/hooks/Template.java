package io.millrace.gateway.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A value of a file with expressions in it. What comes to null is left out: senders say null for what is not there. */
sealed interface Template {

    /** Null for nothing. */
    JsonNode fill(JsonNode input, Map<String, JsonNode> variables) throws MappingException;

    /** A value without expressions. */
    record Literal(JsonNode value) implements Template {
        @Override
        public JsonNode fill(JsonNode input, Map<String, JsonNode> variables) {
            return value;
        }
    }

    /** A value that is one expression. */
    record Computed(Formula formula) implements Template {
        @Override
        public JsonNode fill(JsonNode input, Map<String, JsonNode> variables) throws MappingException {
            JsonNode value = formula.value(input, variables);
            return value == null || value.isNull() ? null : value;
        }
    }

    /** An object. */
    record Fields(Map<String, Template> fields) implements Template {
        @Override
        public ObjectNode fill(JsonNode input, Map<String, JsonNode> variables) throws MappingException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, Template> field : fields.entrySet()) {
                JsonNode value = field.getValue().fill(input, variables);
                if (value != null) {
                    object.set(field.getKey(), value);
                }
            }
            return object;
        }
    }

    /** A list. */
    record Elements(List<Template> elements) implements Template {
        @Override
        public JsonNode fill(JsonNode input, Map<String, JsonNode> variables) throws MappingException {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
            for (Template element : elements) {
                JsonNode value = element.fill(input, variables);
                if (value != null) {
                    array.add(value);
                }
            }
            return array;
        }
    }
}
