package io.millrace.jobs.runtime;

import io.millrace.settings.ProgramSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The settings of a job as {@link ProgramSettings} are given, with Flink's options for defaults and types. Keys that Flink
 * takes for secrets by their name are refused as arguments. Environment variables that are no key's are left alone:
 * Kubernetes makes some of that form.
 */
public final class JobSettings {
    private final ProgramSettings given;
    private final Map<String, ConfigOption<?>> options = new TreeMap<>();

    /**
     * @param job the job's name, as in the environment variables
     * @param options every key the job has
     */
    public JobSettings(String job, List<ConfigOption<?>> options) {
        options.forEach(option -> this.options.put(option.key(), option));
        given = new ProgramSettings(job, this.options.keySet(), GlobalConfiguration::isSensitive);
    }

    /**
     * @param arguments {@code --key value} or {@code --key=value}
     * @param environment as of {@link System#getenv()}
     * @return what was set; values are checked when they are read
     * @throws IllegalArgumentException saying which key, and where it stands, is wrong
     */
    public Configuration load(String[] arguments, Map<String, String> environment) {
        Configuration configuration = new Configuration();
        given.load(arguments, environment).forEach(configuration::setString);
        options.values().forEach(option -> check(configuration, option));
        return configuration;
    }

    /** The environment variable of a key: {@code MILLRACE_TASKS_KAFKA_BOOTSTRAP_SERVERS}. */
    public String environmentVariable(String key) {
        return given.environmentVariable(key);
    }

    private static void check(Configuration configuration, ConfigOption<?> option) {
        try {
            configuration.getOptional(option);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option.key() + ": " + e.getMessage(), e);
        }
    }
}
