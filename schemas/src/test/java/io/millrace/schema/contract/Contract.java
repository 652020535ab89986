package io.millrace.schema.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The published documents as tests see them: schemas, examples, the AsyncAPI document and the pages of docs/. */
final class Contract {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String BASE = "https://millrace.io/schemas/";
    static final String CLOUDEVENT = "defs/cloudevent.v1.json";
    static final String AGENT_CLOUDEVENT = "defs/agent-cloudevent.v1.json";

    static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    static final Path RESOURCES = MODULE.resolve("src/main/resources");
    static final Path SCHEMAS = RESOURCES.resolve("schemas");
    static final Path EXAMPLES = RESOURCES.resolve("examples");
    private static final Path PAGES = MODULE.resolveSibling("docs");

    private static final SchemaRegistry REGISTRY = registry(false);
    private static final SchemaRegistry ASSERTING_FORMATS = registry(true);

    private static final SortedMap<String, JsonNode> ALL_SCHEMAS = documents(SCHEMAS, Integer.MAX_VALUE);
    private static final SortedMap<String, JsonNode> EVENT_SCHEMAS = documents(SCHEMAS, 1);
    private static final SortedMap<String, JsonNode> ALL_EXAMPLES = documents(EXAMPLES, 1);

    private Contract() {}

    /** Every schema file, by its path below {@code schemas/}. */
    static SortedMap<String, JsonNode> schemas() {
        return ALL_SCHEMAS;
    }

    /** The schemas of events alone, by file name: {@code task.created.v1.json}. */
    static SortedMap<String, JsonNode> eventSchemas() {
        return EVENT_SCHEMAS;
    }

    /** Every example, by file name. */
    static SortedMap<String, JsonNode> examples() {
        return ALL_EXAMPLES;
    }

    /** A copy that the caller may change. */
    static JsonNode example(String name) {
        return ALL_EXAMPLES.get(name).deepCopy();
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file name of the schema that an example has to satisfy. */
    static String schemaOf(JsonNode event) {
        if (event.has("specversion")) {
            String type = event.at("/data/event_type").asText(event.path("type").asText());
            return type.startsWith("agent.") ? AGENT_CLOUDEVENT : CLOUDEVENT;
        }
        return event.path("event_type").asText() + ".v"
                + event.path("schema_version").asInt() + ".json";
    }

    /** What that schema has against the document; formats are annotations, as the standard has it by default. */
    static List<Error> errors(String schema, JsonNode document) {
        return REGISTRY.getSchema(SchemaLocation.of(BASE + schema)).validate(document);
    }

    /** The same by a validator that asserts formats, as many do. */
    static List<Error> errorsAssertingFormats(String schema, JsonNode document) {
        return ASSERTING_FORMATS.getSchema(SchemaLocation.of(BASE + schema)).validate(document);
    }

    static List<Error> metaSchemaErrors(JsonNode schema) {
        Schema metaSchema = REGISTRY.getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
        return metaSchema.validate(schema);
    }

    /** Calls back for every schema in the document, the document itself included, with its JSON pointer. */
    static void forEachSubschema(JsonNode schema, BiConsumer<String, JsonNode> visitor) {
        walk("", schema, visitor);
    }

    private static void walk(String pointer, JsonNode schema, BiConsumer<String, JsonNode> visitor) {
        if (!schema.isObject()) {
            return;
        }
        visitor.accept(pointer, schema);
        for (String keyword : List.of("properties", "$defs")) {
            schema.path(keyword)
                    .properties()
                    .forEach(entry -> walk(pointer + "/" + keyword + "/" + entry.getKey(), entry.getValue(), visitor));
        }
        for (String keyword : List.of("allOf", "anyOf", "oneOf")) {
            for (int i = 0; i < schema.path(keyword).size(); i++) {
                walk(pointer + "/" + keyword + "/" + i, schema.path(keyword).path(i), visitor);
            }
        }
        for (String keyword : List.of("items", "if", "then", "else", "not")) {
            if (schema.has(keyword)) {
                walk(pointer + "/" + keyword, schema.path(keyword), visitor);
            }
        }
    }

    /** The text of the pages of docs/, one of which describes each event. */
    static String pages() {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                text.append(Files.readString(page));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static SortedMap<String, JsonNode> documents(Path folder, int depth) {
        SortedMap<String, JsonNode> documents = new TreeMap<>();
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder, depth)) {
            found.filter(file -> file.toString().endsWith(".json")).forEach(files::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Path file : files) {
            documents.put(folder.relativize(file).toString().replace('\\', '/'), read(file));
        }
        return documents;
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SchemaRegistry registry(boolean assertFormats) {
        return SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemaIdResolvers(ids -> ids.mapPrefix(BASE, "classpath:schemas/"))
                        .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .formatAssertionsEnabled(assertFormats)
                                .build()));
    }
}
