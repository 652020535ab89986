package io.millrace.gateway.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A file of YAML, and on which line what is. */
public final class YamlFile {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final long MAX_BYTES = 4 << 20;

    private final Path file;
    private final JsonNode root;
    /** On which line what a JSON pointer leads to begins. */
    private final Map<String, Integer> lines = new HashMap<>();

    private YamlFile(Path file, byte[] text) throws IOException {
        this.file = file;
        root = YAML.readTree(text);
        try (JsonParser parser = YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        }
    }

    /** @throws IllegalArgumentException when it can't be read, or is no YAML */
    public static YamlFile read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return new YamlFile(file, Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    public JsonNode root() {
        return root;
    }

    /** What a relative path in it is relative to. */
    public Path resolve(String path) {
        return file.toAbsolutePath().resolveSibling(path);
    }

    /**
     * That something in it is wrong.
     *
     * @param pointer JSON pointer of a field, which may be missing
     */
    public IllegalArgumentException wrong(String pointer, String what) {
        Integer line = lines.get(pointer);
        for (String place = pointer; line == null && !place.isEmpty(); line = lines.get(place)) {
            place = place.substring(0, place.lastIndexOf('/'));
        }
        return new IllegalArgumentException(
                file + (line == null ? "" : ", line " + line) + ": " + field(pointer) + ": " + what);
    }

    /** {@code /keys/0/name} as {@code keys[0].name}. */
    static String field(String pointer) {
        StringBuilder field = new StringBuilder();
        for (String part : pointer.substring(Math.min(1, pointer.length())).split("/")) {
            if (part.matches("[0-9]+")) {
                field.append('[').append(part).append(']');
            } else {
                field.append(field.length() == 0 ? "" : ".")
                        .append(part.replace("~1", "/").replace("~0", "~"));
            }
        }
        return field.toString();
    }
}
