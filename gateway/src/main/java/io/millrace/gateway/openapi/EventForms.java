package io.millrace.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Form;
import io.millrace.gateway.http.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes forms of the JSON Schemas of events: what a request may say is what the event may say that becomes of it. */
public final class EventForms {
    private static final Set<String> ENVELOPE = Set.of(
            "schema_version", "event_id", "event_type", "occurred_at", "tenant", "correlation_id", "specversion");
    /** Of an event; what the gateway adds is small. */
    private static final int MAX_BYTES = 250 * 1024;

    private final EventSchemas schemas;

    public EventForms(EventSchemas schemas) {
        this.schemas = schemas;
    }

    /**
     * The fields of a part of a file of schemas, less those of the envelope.
     *
     * @param pointer to an object schema with {@code properties}
     * @param example JSON
     * @param given fields that the gateway gives itself
     */
    public Form of(String file, String pointer, String example, String... given) {
        JsonNode part = schemas.part(file, pointer);
        Set<String> left = new LinkedHashSet<>();
        part.path("properties").fieldNames().forEachRemaining(left::add);
        left.removeAll(ENVELOPE);
        left.removeAll(Arrays.asList(given));
        ObjectNode properties = Json.object();
        left.forEach(name ->
                properties.set(name, schemas.field(file, part.path("properties").path(name))));
        List<String> required = new ArrayList<>();
        part.path("required").forEach(name -> {
            if (left.contains(name.asText())) {
                required.add(name.asText());
            }
        });
        return form(properties, required, example);
    }

    /** A form of its own, of fields by name. */
    public static Form of(ObjectNode properties, List<String> required, String example) {
        return form(properties, required, example);
    }

    private static Form form(ObjectNode properties, List<String> required, String example) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.set("properties", properties);
        schema.put("additionalProperties", false);
        if (!required.isEmpty()) {
            ArrayNode names = schema.putArray("required");
            required.forEach(names::add);
        }
        Set<String> fields = new TreeSet<>();
        properties.fieldNames().forEachRemaining(fields::add);
        return new Form(schema, fields, List.copyOf(required), object(example), MAX_BYTES);
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.mapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException("an example is no JSON: " + json, e);
        }
    }

    /** The form with one more field. */
    public static Form with(Form form, String name, ObjectNode schema) {
        ObjectNode properties = (ObjectNode) form.schema().path("properties").deepCopy();
        properties.set(name, schema);
        return form(properties, form.required(), form.example().toString());
    }
}
