package io.millrace.jobs.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.schema.wire.JsonProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * Collects a job's settings: defaults, then a YAML file ({@code --config FILE}), then environment variables
 * ({@code MILLRACE_<JOB>_<KEY>}), then program arguments ({@code --key value}); what comes later wins. Keys that Flink
 * takes for secrets by their name are refused as arguments. Environment variables that are no key's are left alone:
 * Kubernetes makes some of that form.
 */
public final class JobSettings {
    private static final String CONFIG = "config";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String job;
    private final Map<String, ConfigOption<?>> options = new TreeMap<>();

    /**
     * @param job the job's name, as in the environment variables
     * @param options every key the job has
     */
    public JobSettings(String job, List<ConfigOption<?>> options) {
        this.job = job;
        options.forEach(option -> this.options.put(option.key(), option));
    }

    /**
     * @param arguments {@code --key value} or {@code --key=value}
     * @param environment as of {@link System#getenv()}
     * @return what was set; values are checked when they are read
     * @throws IllegalArgumentException saying which key, and where it stands, is wrong
     */
    public Configuration load(String[] arguments, Map<String, String> environment) {
        Map<String, String> fromArguments = parse(arguments);
        Map<String, String> values = new LinkedHashMap<>();
        String file = fromArguments.remove(CONFIG);
        if (file != null) {
            values.putAll(readYaml(Path.of(file)));
        }
        options.keySet().forEach(key -> {
            String value = environment.get(environmentVariable(key));
            if (value != null) {
                values.put(key, value);
            }
        });
        values.putAll(fromArguments);
        Configuration configuration = new Configuration();
        values.forEach(configuration::setString);
        options.values().forEach(option -> check(configuration, option));
        return configuration;
    }

    /** The environment variable of a key: {@code MILLRACE_TASKS_KAFKA_BOOTSTRAP_SERVERS}. */
    public String environmentVariable(String key) {
        return ("MILLRACE_" + job + "_" + key)
                .toUpperCase(Locale.ROOT)
                .replace('.', '_')
                .replace('-', '_');
    }

    private static void check(Configuration configuration, ConfigOption<?> option) {
        try {
            configuration.getOptional(option);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option.key() + ": " + e.getMessage(), e);
        }
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

    /** Every user of a machine can read the arguments of its processes. */
    private void requireNoSecret(String key) {
        if (GlobalConfiguration.isSensitive(key)) {
            throw new IllegalArgumentException("argument --" + key + ": secrets are not taken from arguments; set "
                    + environmentVariable(key) + " or write it into the file of --config");
        }
    }

    private void requireKnown(String key, String where) {
        if (!options.containsKey(key)) {
            throw new IllegalArgumentException(
                    where + ": there is no such setting; there are " + String.join(", ", options.keySet()));
        }
    }
}
