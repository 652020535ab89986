package io.millrace.schema.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.event.Event;
import io.millrace.schema.event.EventType;
import io.millrace.schema.event.Field;
import io.millrace.schema.event.Value;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The JSON Schema of an event that a record declares. */
final class DeclaredSchema {
    private static final String ENVELOPE = "defs/envelope.v1.json#/$defs/";

    private DeclaredSchema() {}

    static String of(Class<? extends Record> type) throws JsonProcessingException {
        Event event = type.getAnnotation(Event.class);
        ObjectNode schema = Contract.JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", Contract.BASE + event.type() + ".v1.json");
        schema.put("title", event.type() + ", version 1");
        schema.put("description", event.description() + " Readers ignore fields they do not know.");
        schema.put("type", "object");
        schema.putArray("allOf").addObject().put("$ref", ENVELOPE + "fields");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("event_type").put("const", event.type());
        properties.putObject("tenant").put("type", "string");
        properties.putObject("event_id").put("description", event.id());
        properties.putObject("occurred_at").put("$ref", ENVELOPE + "utc");
        ArrayNode required = schema.putArray("required");
        List.of("schema_version", "event_id", "event_type", "occurred_at", "tenant")
                .forEach(required::add);
        fields(type, 1, properties, required);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withArrayIndenter(DefaultPrettyPrinter.FixedSpaceIndenter.instance)
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        return Contract.JSON.writer(printer).writeValueAsString(schema) + "\n";
    }

    private static void fields(Class<?> type, int first, ObjectNode properties, ArrayNode required)
            throws JsonProcessingException {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = first; i < components.length; i++) {
            Field field = components[i].getAnnotation(Field.class);
            String name = EventType.wireName(components[i]);
            properties.set(name, property(field, components[i].getGenericType()));
            if (!field.optional()) {
                required.add(name);
            }
        }
    }

    private static ObjectNode property(Field field, Type type) throws JsonProcessingException {
        ObjectNode property = Contract.JSON.createObjectNode();
        if (!field.title().isEmpty()) {
            property.put("title", field.title());
        }
        if (!field.description().isEmpty()) {
            property.put("description", field.description());
        }
        if (field.value() != Value.OF_ITS_TYPE) {
            property.put("$ref", field.value().definition());
        } else {
            property.setAll(ofType(field, type));
        }
        if (!field.example().isEmpty()) {
            property.putArray("examples").add(Contract.JSON.readTree(field.example()));
        }
        return property;
    }

    private static ObjectNode ofType(Field field, Type type) throws JsonProcessingException {
        ObjectNode schema = Contract.JSON.createObjectNode();
        if (type instanceof ParameterizedType of && of.getRawType() == List.class) {
            schema.put("type", "array");
            bound(schema, "maxItems", field.max());
            schema.set("items", ofType(element(), of.getActualTypeArguments()[0]));
        } else if (type instanceof ParameterizedType of && of.getRawType() == Map.class) {
            schema.put("type", "object");
            bound(schema, "maxProperties", field.max());
            schema.set("additionalProperties", ofType(element(), of.getActualTypeArguments()[1]));
        } else if (type == String.class) {
            schema.put("type", "string").put("minLength", field.min());
            bound(schema, "maxLength", field.max());
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            schema.put("type", "integer").put("minimum", field.min());
            boolean isInt = type == int.class || type == Integer.class;
            bound(schema, "maximum", isInt ? Math.min(field.max(), Integer.MAX_VALUE) : field.max());
        } else if (type == double.class || type == Double.class) {
            schema.put("type", "number").put("minimum", field.min());
            bound(schema, "maximum", field.max());
        } else if (type == boolean.class || type == Boolean.class) {
            schema.put("type", "boolean");
        } else if (type == Instant.class) {
            schema.put("$ref", ENVELOPE + "utc");
        } else if (type == UUID.class) {
            schema.put("$ref", ENVELOPE + "uuid");
        } else if (type instanceof Class<?> plain && plain.isEnum()) {
            ArrayNode constants = schema.put("type", "string").putArray("enum");
            for (Object constant : plain.getEnumConstants()) {
                constants.add(EventType.wireName((Enum<?>) constant));
            }
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            ObjectNode properties = schema.put("type", "object").putObject("properties");
            ArrayNode required = Contract.JSON.createArrayNode();
            fields(plain, 0, properties, required);
            schema.set("required", required);
        } else {
            throw new IllegalArgumentException("no schema of " + type);
        }
        return schema;
    }

    private record Element(@Field Object element) {}

    /** How an element of a list or a map is bounded: as its type is. */
    private static Field element() {
        return Element.class.getRecordComponents()[0].getAnnotation(Field.class);
    }

    private static void bound(ObjectNode schema, String keyword, long value) {
        if (value < Long.MAX_VALUE) {
            schema.put(keyword, value);
        }
    }
}
