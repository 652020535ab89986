package io.millrace.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One object that is given to Kubernetes. */
public record Manifest(JsonNode body) {

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Programs and files in it as people write them; what would be read as a number stays in quotes.
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .build());

    /**
     * The objects of a YAML stream.
     *
     * @throws DeployException when it is no YAML, names a key twice, or has something else in it than objects with a
     *     kind and a name
     */
    static List<Manifest> parse(String yaml) {
        List<Manifest> manifests = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                if (!document.isNull()) {
                    manifests.add(new Manifest(requireObject(document)));
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new DeployException("what was rendered can't be read: " + e.getMessage(), e);
        }
        return List.copyOf(manifests);
    }

    private static JsonNode requireObject(JsonNode document) {
        boolean named = document.path("kind").isTextual()
                && document.path("apiVersion").isTextual()
                && document.at("/metadata/name").isTextual();
        if (!named) {
            throw new IllegalArgumentException("no apiVersion, kind and metadata.name: " + document);
        }
        return document;
    }

    String kind() {
        return body.get("kind").asText();
    }

    String apiVersion() {
        return body.get("apiVersion").asText();
    }

    String name() {
        return body.at("/metadata/name").asText();
    }

    /** What people call it: {@code FlinkDeployment/millrace-tasks}. */
    String id() {
        return kind() + "/" + name();
    }

    boolean isFlinkDeployment() {
        return kind().equals("FlinkDeployment");
    }

    String toYaml() {
        try {
            return YAML.writeValueAsString(body);
        } catch (IOException e) {
            throw new IllegalStateException("it was read from YAML", e);
        }
    }
}
