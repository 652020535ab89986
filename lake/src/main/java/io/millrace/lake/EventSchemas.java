package io.millrace.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What events have, by their JSON Schemas. */
final class EventSchemas {
    private static final String ANY = "/schemas/task.created.v1.json";
    private static final String SUFFIX = ".v1.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private EventSchemas() {}

    /** The fields of each type of event, by name, each with its schema. */
    static Map<String, Map<String, JsonNode>> fields() {
        Map<String, Map<String, JsonNode>> all = new TreeMap<>();
        for (String name : names()) {
            Map<String, JsonNode> fields = new LinkedHashMap<>();
            JsonNode schema = schema(name);
            collect(schema, schema, fields);
            all.put(name.substring(0, name.length() - SUFFIX.length()), fields);
        }
        return all;
    }

    private static void collect(JsonNode schema, JsonNode document, Map<String, JsonNode> fields) {
        if (schema.has("$ref")) {
            Resolved target = resolve(schema.path("$ref").asText(), document);
            collect(target.schema(), target.document(), fields);
        }
        schema.path("allOf").forEach(part -> collect(part, document, fields));
        schema.path("properties")
                .properties()
                .forEach(field -> fields.putIfAbsent(field.getKey(), definition(field.getValue(), document)));
    }

    /** The schema that says of which type a value is. */
    private static JsonNode definition(JsonNode schema, JsonNode document) {
        if (schema.has("$ref")) {
            Resolved target = resolve(schema.path("$ref").asText(), document);
            return definition(target.schema(), target.document());
        }
        List<JsonNode> choices = new ArrayList<>();
        schema.path("anyOf").forEach(choice -> {
            if (!choice.path("type").asText().equals("null")) {
                choices.add(choice);
            }
        });
        return choices.size() == 1 ? definition(choices.get(0), document) : schema;
    }

    /** What a column of it is in SQL; what may be of several types stays JSON. */
    static String sqlType(JsonNode schema) {
        if (schema.path("const").isTextual() || isText(schema.path("enum"))) {
            return "VARCHAR";
        }
        return switch (type(schema.path("type"))) {
            case "string" -> schema.path("format").asText().equals("date-time") ? "TIMESTAMPTZ" : "VARCHAR";
            case "integer" -> "BIGINT";
            case "number" -> "DOUBLE";
            case "boolean" -> "BOOLEAN";
            default -> "JSON";
        };
    }

    private static boolean isText(JsonNode constants) {
        boolean text = !constants.isEmpty();
        for (JsonNode constant : constants) {
            text &= constant.isTextual() || constant.isNull();
        }
        return text;
    }

    /** The one there is besides null; empty for none, or several. */
    private static String type(JsonNode type) {
        if (!type.isArray()) {
            return type.asText();
        }
        List<String> types = new ArrayList<>();
        type.forEach(one -> types.add(one.asText()));
        types.remove("null");
        return types.size() == 1 ? types.get(0) : "";
    }

    private record Resolved(JsonNode schema, JsonNode document) {}

    private static Resolved resolve(String ref, JsonNode document) {
        int hash = ref.indexOf('#');
        JsonNode target = hash == 0 ? document : schema(hash < 0 ? ref : ref.substring(0, hash));
        return new Resolved(hash < 0 ? target : target.at(ref.substring(hash + 1)), target);
    }

    private static JsonNode schema(String name) {
        String path = name.startsWith("defs/") || EventSchemas.class.getResource("/schemas/" + name) != null
                ? "/schemas/" + name
                : "/schemas/defs/" + name;
        try (InputStream in = EventSchemas.class.getResourceAsStream(path)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names() {
        try {
            URI any = EventSchemas.class.getResource(ANY).toURI();
            if (!any.getScheme().equals("jar")) {
                return names(Path.of(any).getParent());
            }
            try (FileSystem jar = FileSystems.newFileSystem(any, Map.of())) {
                return names(jar.getPath("/schemas"));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("the schemas of events can't be read", e);
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }
}
