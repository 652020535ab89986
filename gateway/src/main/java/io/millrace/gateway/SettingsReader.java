package io.millrace.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.schema.wire.JsonProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects the settings: defaults, then a YAML file ({@code --config FILE}), then environment variables, then program
 * arguments ({@code --key value}); what comes later wins.
 */
final class SettingsReader {
    private static final String CONFIG = "config";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SettingsReader() {}

    /** @throws IllegalArgumentException saying which key, and where it stands, is wrong */
    static Map<Setting, String> read(String[] arguments, Map<String, String> environment) {
        Map<String, String> given = parse(arguments);
        String file = given.remove(CONFIG);
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.usual());
        }
        if (file != null) {
            readYaml(Path.of(file)).forEach((key, value) -> values.put(known(key, file + ": " + key), value));
        }
        for (Setting setting : Setting.values()) {
            String value = environment.get(setting.environmentVariable());
            if (value != null) {
                values.put(setting, value);
            }
        }
        given.forEach((key, value) -> values.put(known(key, "argument --" + key), value));
        return values;
    }

    private static Map<String, String> parse(String[] arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                throw new IllegalArgumentException("argument \"" + argument + "\": expected --key value");
            }
            int equals = argument.indexOf('=');
            String key = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
            if (equals < 0 && i + 1 == arguments.length) {
                throw new IllegalArgumentException("argument --" + key + " has no value");
            }
            values.put(key, equals < 0 ? arguments[++i] : argument.substring(equals + 1));
        }
        return values;
    }

    private static Map<String, String> readYaml(Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            JsonNode root = YAML.readTree(Files.readAllBytes(file));
            if (!root.isMissingNode() && !root.isNull() && !root.isObject()) {
                throw new IllegalArgumentException(file + ": must hold key: value pairs");
            }
            flatten(file, "", root, values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + ":" + JsonProblems.located(e), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be read: " + e.getMessage(), e);
        }
        return values;
    }

    private static void flatten(Path file, String prefix, JsonNode node, Map<String, String> values) {
        if (node.isArray()) {
            throw new IllegalArgumentException(file + ": " + prefix + ": must be one value, is a list");
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> flatten(
                            file,
                            prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                            entry.getValue(),
                            values));
        } else if (!node.isMissingNode() && !node.isNull()) {
            values.put(prefix, node.asText());
        }
    }

    private static Setting known(String key, String where) {
        Setting setting = Setting.ofKey(key);
        if (setting == null) {
            throw new IllegalArgumentException(
                    where + ": there is no such setting; there are " + String.join(", ", Setting.keys()));
        }
        return setting;
    }
}
