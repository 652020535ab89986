package io.millrace.gateway.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a delivery.
 *
 * @param when null for always
 * @param forEach whose values are an event each; null for one of the body
 * @param type of the event
 * @param number of the rule among those of its type, from 1
 * @param id tells the event from others of the delivery; null for its place
 * @param occurredAt null for when it came
 */
record HookRule(
        Formula when,
        Formula forEach,
        String type,
        int number,
        Formula id,
        Formula occurredAt,
        Template.Fields fields) {

    List<JsonNode> inputs(JsonNode body, Map<String, JsonNode> variables) throws MappingException {
        if (forEach == null) {
            return when == null || when.holds(body, variables) ? List.of(body) : List.of();
        }
        List<JsonNode> inputs = new ArrayList<>();
        for (JsonNode input : forEach.values(body, variables)) {
            if (when == null || when.holds(input, variables)) {
                inputs.add(input);
            }
        }
        return inputs;
    }

    ObjectNode fields(JsonNode input, Map<String, JsonNode> variables) throws MappingException {
        return fields.fill(input, variables);
    }
}
