package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.regex.RegularExpression;
import io.millrace.logic.workflow.program.StepKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The JSON Schema of the language, taken apart: the one for the document does not look into steps, and each kind of step
 * has its own, so that what is wrong with a step is said once and not once for each kind that it is not.
 */
final class DslSchema {
    private static final String RESOURCE = "workflow-1.0.3.yaml";
    private static final String STEP = "#/$defs/task";
    /** The schema's patterns repeat groups, each time deeper on the stack; nothing that they are for is longer. */
    private static final int MAX_MATCHED = 1_000;

    private final ObjectNode root;
    private final Schema document;
    private final Map<StepKind, Schema> steps = new EnumMap<>(StepKind.class);

    private static final class Loaded {
        private static final DslSchema SCHEMA = new DslSchema();
    }

    private DslSchema() {
        root = (ObjectNode) simplified(read());
        root.remove("$id");
        document = compile(root);
        for (StepKind kind : StepKind.values()) {
            steps.put(kind, compile(of(kind)));
        }
    }

    static DslSchema get() {
        return Loaded.SCHEMA;
    }

    /** What is wrong with the document, its steps aside. */
    List<Error> problems(JsonNode workflow) {
        return validate(document, workflow);
    }

    /** What is wrong with a step, the steps within it aside. */
    List<Error> problems(StepKind kind, JsonNode step) {
        return validate(steps.get(kind), step);
    }

    /** One at a time: a schema keeps what it is doing. */
    private static synchronized List<Error> validate(Schema schema, JsonNode value) {
        return schema.validate(value);
    }

    private static JsonNode read() {
        try (InputStream text = DslSchema.class.getResourceAsStream(RESOURCE)) {
            return YamlTreeReader.read(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                    .document();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableException e) {
            throw new IllegalStateException(RESOURCE + ": " + e.problem(), e);
        }
    }

    private static Schema compile(JsonNode schema) {
        return SchemaRegistry.withDialect(
                        Dialects.getDraft202012(),
                        builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(false)
                                .locale(Locale.ROOT)
                                .regularExpressionFactory(DslSchema::expression)
                                .build()))
                .getSchema(schema);
    }

    private static RegularExpression expression(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return text -> text.length() <= MAX_MATCHED && pattern.matcher(text).find();
    }

    private JsonNode of(StepKind kind) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", root.get("$schema").textValue());
        schema.put("$ref", "#/$defs/" + kind.keyword() + "Task");
        schema.set("$defs", root.get("$defs"));
        if (kind == StepKind.CALL) {
            // The last of the alternatives is that of functions; the others are not supported.
            JsonNode calls = read().at("/$defs/callTask/oneOf");
            schema.remove("$ref");
            schema.setAll((ObjectNode) simplified(calls.get(calls.size() - 1)));
        }
        return schema;
    }

    /**
     * Without what gives many messages for one problem. Alternatives of different types become the one of the value's
     * type; of others remains that they may have what any of them has, and the compiler of programs tells them apart.
     */
    private static JsonNode simplified(JsonNode schema) {
        if (schema.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            schema.forEach(item -> items.add(simplified(item)));
            return items;
        }
        if (!schema.isObject()) {
            return schema;
        }
        if (schema.path("$ref").asText().equals(STEP)) {
            return JsonNodeFactory.instance.objectNode();
        }
        ObjectNode simple = JsonNodeFactory.instance.objectNode();
        schema.properties().forEach(member -> simple.set(member.getKey(), simplified(member.getValue())));
        for (String alternatives : List.of("oneOf", "anyOf")) {
            if (simple.path(alternatives).isArray() && !isProperty(schema)) {
                JsonNode all = simple.remove(alternatives);
                addAlternatives(simple, all);
            }
        }
        return simple;
    }

    /** Whether {@code oneOf} would be the name of a member. */
    private static boolean isProperty(JsonNode schema) {
        return schema.path("oneOf").isObject() || schema.path("anyOf").isObject();
    }

    private static void addAlternatives(ObjectNode simple, JsonNode alternatives) {
        Set<String> types = new HashSet<>();
        List<String> all = new ArrayList<>();
        for (JsonNode alternative : alternatives) {
            String type = type(alternative);
            all.add(type);
            types.add(type);
        }
        if (types.contains("") || types.size() < all.size() && !types.equals(Set.of("string"))) {
            merge(simple, alternatives);
            return;
        }
        if (types.size() < all.size()) {
            simple.put("type", "string");
            return;
        }
        ArrayNode type = simple.putArray("type");
        ArrayNode conditions = simple.withArray("allOf");
        for (int i = 0; i < all.size(); i++) {
            type.add(all.get(i));
            ObjectNode condition = conditions.addObject();
            condition.putObject("if").put("type", all.get(i));
            condition.set("then", alternatives.get(i));
        }
    }

    /** What a schema, or the one that it refers to, asks for; empty when that is not one type. */
    private static String type(JsonNode alternative) {
        String ref = alternative.path("$ref").asText();
        if (ref.endsWith("/runtimeExpression") || ref.endsWith("/uriTemplate")) {
            return "string";
        }
        return ref.isEmpty() ? alternative.path("type").asText("") : "object";
    }

    private static void merge(ObjectNode simple, JsonNode alternatives) {
        for (JsonNode alternative : alternatives) {
            alternative.path("properties").properties().forEach(member -> simple.withObject("/properties")
                    .set(member.getKey(), member.getValue()));
        }
    }
}
