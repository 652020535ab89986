package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A value with expressions in it. */
public sealed interface Template {

    /** @throws FormulaException of the first of its expressions that has no value */
    JsonNode fill(JsonNode input, Scope scope) throws FormulaException;

    /** A value without expressions. */
    record Literal(JsonNode value) implements Template {
        @Override
        public JsonNode fill(JsonNode input, Scope scope) {
            return value;
        }
    }

    /** A value that is one expression. */
    record Computed(Formula formula) implements Template {
        @Override
        public JsonNode fill(JsonNode input, Scope scope) throws FormulaException {
            return formula.evaluate(input, scope);
        }
    }

    /** An object with expressions somewhere in it. */
    record Fields(Map<String, Template> fields) implements Template {
        @Override
        public JsonNode fill(JsonNode input, Scope scope) throws FormulaException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, Template> field : fields.entrySet()) {
                object.set(field.getKey(), field.getValue().fill(input, scope));
            }
            return object;
        }
    }

    /** A list with expressions somewhere in it. */
    record Elements(List<Template> elements) implements Template {
        @Override
        public JsonNode fill(JsonNode input, Scope scope) throws FormulaException {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
            for (Template element : elements) {
                array.add(element.fill(input, scope));
            }
            return array;
        }
    }
}
