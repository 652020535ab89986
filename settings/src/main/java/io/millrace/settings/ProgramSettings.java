package io.millrace.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.schema.wire.JsonProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The settings of a program as they are given: in a YAML file ({@code --config FILE}), then environment variables, then
 * arguments ({@code --key value}); what comes later wins.
 */
public final class ProgramSettings {
    private static final String CONFIG = "config";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String program;
    private final Set<String> keys;
    private final Predicate<String> secret;

    /**
     * @param program its name, as in the environment variables
     * @param keys all that it has
     * @param secret of which the value is not taken from arguments: every user of a machine can read those
     */
    public ProgramSettings(String program, Collection<String> keys, Predicate<String> secret) {
        this.program = program;
        this.keys = new LinkedHashSet<>(keys);
        this.secret = secret;
    }

    /**
     * What is given.
     *
     * @param arguments {@code --key value} or {@code --key=value}
     * @param environment as of {@link System#getenv()}
     * @throws IllegalArgumentException saying which key, and where it stands, is wrong
     */
    public Map<String, String> load(String[] arguments, Map<String, String> environment) {
        Map<String, String> fromArguments = parse(arguments);
        Map<String, String> values = new LinkedHashMap<>();
        String file = fromArguments.remove(CONFIG);
        if (file != null) {
            values.putAll(readYaml(Path.of(file)));
        }
        keys.forEach(key -> {
            String value = environment.get(environmentVariable(key));
            if (value != null) {
                values.put(key, value);
            }
        });
        values.putAll(fromArguments);
        return values;
    }

    /** The environment variable of a key: {@code MILLRACE_TASKS_KAFKA_BOOTSTRAP_SERVERS}. */
    public String environmentVariable(String key) {
        return ("MILLRACE_" + program + "_" + key)
                .toUpperCase(Locale.ROOT)
                .replace('.', '_')
                .replace('-', '_');
    }

    private Map<String, String> parse(String[] arguments) {
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
            String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
            if (!key.equals(CONFIG)) {
                requireKnown(key, "argument --" + key);
                requireNoSecret(key);
            }
            values.put(key, value);
        }
        return values;
    }

    private Map<String, String> readYaml(Path file) {
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
        values.keySet().forEach(key -> requireKnown(key, file + ": " + key));
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

    private void requireNoSecret(String key) {
        if (secret.test(key)) {
            throw new IllegalArgumentException("argument --" + key + ": secrets are not taken from arguments; set "
                    + environmentVariable(key) + " or write it into the file of --config");
        }
    }

    private void requireKnown(String key, String where) {
        if (!keys.contains(key)) {
            throw new IllegalArgumentException(
                    where + ": there is no such setting; there are " + String.join(", ", keys));
        }
    }
}
