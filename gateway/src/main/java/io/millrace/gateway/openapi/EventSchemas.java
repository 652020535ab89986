package io.millrace.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The JSON Schemas of events, as the components of one document: what a schema refers to in another file is a component
 * too, and references lead there.
 */
public final class EventSchemas {
    private static final String ROOT = "/schemas/";
    private static final Set<String> OF_FILES = Set.of("$schema", "$id", "$defs");

    private final Map<String, JsonNode> files = new HashMap<>();
    private final Map<String, JsonNode> components = new TreeMap<>();

    /** A reference to the schema of an event: {@code task.changed}. */
    public ObjectNode event(String type) {
        return reference(type + ".v1.json", "");
    }

    /** A reference to a part of a file of schemas, by JSON pointer. */
    public ObjectNode reference(String file, String pointer) {
        String name = name(file, pointer);
        if (!components.containsKey(name)) {
            // Known before it is read: schemas may lead back to themselves.
            components.put(name, Json.object());
            components.put(name, rewritten(part(file, pointer), file));
        }
        return Json.object().put("$ref", "#/components/schemas/" + name);
    }

    /** A part of a file, as it stands there. */
    public JsonNode part(String file, String pointer) {
        JsonNode part = file(file).at(pointer);
        if (part.isMissingNode()) {
            throw new IllegalArgumentException("there is no " + file + "#" + pointer);
        }
        return part;
    }

    /** The schema of a field of such a part, whose references lead to components. */
    JsonNode field(String file, JsonNode schema) {
        return rewritten(schema, file);
    }

    /** All that was referred to, by name. */
    public Map<String, JsonNode> components() {
        return components;
    }

    private JsonNode file(String name) {
        return files.computeIfAbsent(name, missing -> {
            try (InputStream in = EventSchemas.class.getResourceAsStream(ROOT + missing)) {
                if (in == null) {
                    throw new IllegalArgumentException("there is no schema " + missing);
                }
                return Json.mapper().readTree(in);
            } catch (IOException e) {
                throw new IllegalStateException("the schema " + missing + " can't be read", e);
            }
        });
    }

    private JsonNode rewritten(JsonNode schema, String file) {
        if (schema instanceof ArrayNode list) {
            ArrayNode copy = Json.mapper().createArrayNode();
            list.forEach(one -> copy.add(rewritten(one, file)));
            return copy;
        }
        if (!(schema instanceof ObjectNode)) {
            return schema;
        }
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> field : schema.properties()) {
            if (field.getKey().equals("$ref") && field.getValue().isTextual()) {
                String[] target = field.getValue().asText().split("#", -1);
                copy.setAll(reference(
                        target[0].isEmpty() ? file : resolve(file, target[0]), target.length > 1 ? target[1] : ""));
            } else if (!OF_FILES.contains(field.getKey())) {
                copy.set(field.getKey(), rewritten(field.getValue(), file));
            }
        }
        return copy;
    }

    /** Files refer to one another as they lie in the folder. */
    private static String resolve(String file, String target) {
        int folder = file.lastIndexOf('/');
        return folder < 0 ? target : file.substring(0, folder + 1) + target;
    }

    private static String name(String file, String pointer) {
        String base = file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.v1\\.json$", "");
        String part = pointer.replaceFirst("^/\\$defs/", "").replace('/', '.').replaceFirst("^\\.", "");
        return part.isEmpty() ? base : base + "." + part;
    }
}
