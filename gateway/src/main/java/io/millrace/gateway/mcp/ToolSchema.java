package io.millrace.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Json;
import io.millrace.gateway.http.Parameter;
import io.millrace.gateway.http.Route;
import io.millrace.gateway.openapi.EventSchemas;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The JSON Schema of what a tool takes: the parameters of its route, and the fields of its form, side by side. */
final class ToolSchema {
    private static final String IN_COMPONENTS = "#/components/schemas/";
    private static final String IN_DEFINITIONS = "#/$defs/";

    private final EventSchemas schemas;
    private final ObjectNode schema = Json.object().put("type", "object");
    private final ObjectNode fields = schema.putObject("properties");
    private final Set<String> required = new LinkedHashSet<>();
    private final ObjectNode definitions = Json.object();

    private ToolSchema(EventSchemas schemas) {
        this.schemas = schemas;
    }

    /** @throws IllegalStateException when two of its fields have one name */
    static ObjectNode of(Route route, EventSchemas schemas) {
        return new ToolSchema(schemas).make(route);
    }

    private ObjectNode make(Route route) {
        for (Parameter<?> parameter : route.parameters()) {
            add(route, parameter.name(), bounded(parameter).put("description", parameter.description()));
            if (parameter.place() == Parameter.Place.PATH) {
                required.add(parameter.name());
            }
        }
        if (route.form() != null) {
            route.form()
                    .schema()
                    .path("properties")
                    .properties()
                    .forEach(field -> add(route, field.getKey(), within(field.getValue())));
            required.addAll(route.form().required());
        }
        if (!Exposed.isReadOnly(route)) {
            add(route, Arguments.KEY, key());
        }
        schema.put("additionalProperties", false);
        ArrayNode names = schema.putArray("required");
        required.forEach(names::add);
        if (!definitions.isEmpty()) {
            schema.set("$defs", definitions);
        }
        return schema;
    }

    private void add(Route route, String name, JsonNode field) {
        if (fields.has(name)) {
            throw new IllegalStateException(route.id() + " has two fields " + name);
        }
        fields.set(name, field);
    }

    /** What an assistant reads takes room where it thinks: parts of lists are smaller. */
    private static ObjectNode bounded(Parameter<?> parameter) {
        ObjectNode copy = parameter.schema().deepCopy();
        if (parameter.name().equals(Arguments.LIMIT)) {
            copy.put("maximum", Arguments.MOST_ITEMS).put("default", Arguments.ITEMS);
        }
        return copy;
    }

    private static ObjectNode key() {
        return Json.object()
                .put("type", "string")
                .put("minLength", 1)
                .put("maxLength", 200)
                .put("description", "Give one to be able to call again after an error: the same key is the same event.");
    }

    /** The schema with its references, and what they lead to, within this one. */
    private JsonNode within(JsonNode node) {
        if (node instanceof ArrayNode list) {
            ArrayNode copy = Json.mapper().createArrayNode();
            list.forEach(one -> copy.add(within(one)));
            return copy;
        }
        if (!(node instanceof ObjectNode)) {
            return node;
        }
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().equals("$ref") && field.getValue().asText().startsWith(IN_COMPONENTS)) {
                copy.put("$ref", IN_DEFINITIONS + define(field.getValue().asText().substring(IN_COMPONENTS.length())));
            } else {
                copy.set(field.getKey(), within(field.getValue()));
            }
        }
        return copy;
    }

    private String define(String name) {
        if (!definitions.has(name)) {
            // Known before it is read: schemas may lead back to themselves.
            definitions.set(name, Json.object());
            definitions.set(name, within(schemas.components().get(name)));
        }
        return name;
    }
}
