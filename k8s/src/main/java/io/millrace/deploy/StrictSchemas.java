package io.millrace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The schemas of the kinds that operators bring, from their custom resource definitions and, where these are not to be
 * had, from types made of them. A field that a definition does not name fails: Kubernetes would drop it without a word.
 */
final class StrictSchemas {
    /** Published by the operators; see README.md beside them. */
    private static final List<String> DEFINITIONS = List.of(
            "flinkdeployments.flink.apache.org-v1.yml",
            "flinkstatesnapshots.flink.apache.org-v1.yml",
            "strimzi-kafka.yaml",
            "strimzi-kafkanodepool.yaml",
            "strimzi-kafkatopic.yaml",
            "strimzi-kafkauser.yaml",
            "dapr-components.yaml",
            "dapr-subscription.yaml");

    private static final Map<String, String> TYPES = Map.of(
            "monitoring.coreos.com/v1/PodMonitor", "PodMonitor.json",
            "monitoring.coreos.com/v1/PrometheusRule", "PrometheusRule.json",
            "external-secrets.io/v1/ExternalSecret", "ExternalSecret.json",
            "external-secrets.io/v1/SecretStore", "SecretStore.json");

    private final SchemaRegistry definitions = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final SchemaRegistry types = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private final Map<String, Schema> byKind = new HashMap<>();

    StrictSchemas() {
        YAMLMapper yaml = new YAMLMapper();
        ObjectMapper json = new ObjectMapper();
        DEFINITIONS.forEach(file -> add(read(yaml, "crds/" + file).path("spec")));
        TYPES.forEach((kind, file) -> byKind.put(kind, types.getSchema(read(json, "schemas/" + file))));
    }

    private static JsonNode read(ObjectMapper format, String resource) {
        try (InputStream in = StrictSchemas.class.getResourceAsStream(resource)) {
            return format.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(JsonNode definition) {
        String kind = definition.at("/names/kind").asText();
        for (JsonNode version : definition.path("versions")) {
            ObjectNode schema = version.at("/schema/openAPIV3Schema").deepCopy();
            // Definitions may leave these to Kubernetes, which has types for them.
            ObjectNode properties = (ObjectNode) schema.path("properties");
            properties.putObject("metadata").put("type", "object");
            List.of("apiVersion", "kind")
                    .forEach(field -> properties.putObject(field).put("type", "string"));
            makeStrict(schema);
            String name = definition.path("group").asText() + "/"
                    + version.path("name").asText() + "/" + kind;
            byKind.put(name, definitions.getSchema(schema));
        }
    }

    /** Closes every object whose fields are named, and takes away what only OpenAPI's dialect has words for. */
    private static void makeStrict(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
            if (object.path("properties").isObject() && !object.has("additionalProperties") && !open) {
                object.put("additionalProperties", false);
            }
            if (object.path("x-kubernetes-int-or-string").asBoolean()) {
                object.remove("type");
            }
        }
        schema.forEach(StrictSchemas::makeStrict);
    }

    boolean know(Manifest manifest) {
        return byKind.containsKey(key(manifest));
    }

    List<Finding> check(Manifest manifest) {
        return byKind.get(key(manifest)).validate(manifest.body()).stream()
                .map(error -> new Finding(manifest.id(), message(error)))
                .toList();
    }

    private static String message(Error error) {
        return error.getInstanceLocation() + ": " + error.getMessage();
    }

    private static String key(Manifest manifest) {
        return manifest.apiVersion() + "/" + manifest.kind();
    }
}
