package io.millrace.jobs.agents;

import io.millrace.connectors.agents.HostPatterns;
import io.millrace.connectors.agents.Secrets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** What the agents that notify people are told, checked where the job is submitted. */
final class NotifyOptions {
    private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9.-]+:[0-9]{1,5}");
    private static final Pattern FROM = Pattern.compile("[^@\\s<>]+@[A-Za-z0-9.-]+");
    private static final List<String> SECURITY = List.of("starttls", "tls", "none");

    private NotifyOptions() {}

    /** @throws IllegalArgumentException naming the key that is wrong */
    static Map<String, String> of(Configuration values) {
        Map<String, String> settings = new TreeMap<>();
        putHosts(settings, AgentsOptions.NOTIFY_HOSTS, values);
        putHosts(settings, AgentsOptions.NOTIFY_MAIL_DOMAINS, values);
        put(settings, AgentsOptions.NOTIFY_SMTP_USER, values);
        putLike(settings, AgentsOptions.NOTIFY_MAIL_FROM, values, FROM, "an address, such as millrace@example.com");
        putLike(settings, AgentsOptions.NOTIFY_SMTP_SERVER, values, SERVER, "host:port");
        put(settings, AgentsOptions.NOTIFY_SMTP_SECURITY, values);
        require(
                AgentsOptions.NOTIFY_SMTP_SECURITY,
                SECURITY.contains(values.get(AgentsOptions.NOTIFY_SMTP_SECURITY)),
                "one of " + String.join(", ", SECURITY));
        put(settings, AgentsOptions.NOTIFY_SMTP_KEY, values);
        String key = values.get(AgentsOptions.NOTIFY_SMTP_KEY);
        require(AgentsOptions.NOTIFY_SMTP_KEY, key == null || Secrets.isName(key), "the name of a key");
        require(
                AgentsOptions.NOTIFY_MAIL_FROM,
                values.get(AgentsOptions.NOTIFY_SMTP_SERVER) == null
                        || values.get(AgentsOptions.NOTIFY_MAIL_FROM) != null,
                "given where notify.smtp-server is");
        return settings;
    }

    private static void putHosts(
            Map<String, String> settings, ConfigOption<List<String>> option, Configuration values) {
        List<String> hosts = values.get(option);
        try {
            new HostPatterns(hosts);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option.key() + ": " + e.getMessage(), e);
        }
        settings.put(option.key(), String.join(";", hosts));
    }

    private static void putLike(
            Map<String, String> settings,
            ConfigOption<String> option,
            Configuration values,
            Pattern pattern,
            String what) {
        put(settings, option, values);
        String value = values.get(option);
        require(option, value == null || pattern.matcher(value).matches(), what);
    }

    private static void put(Map<String, String> settings, ConfigOption<String> option, Configuration values) {
        String value = values.get(option);
        if (value != null) {
            settings.put(option.key(), value);
        }
    }

    private static void require(ConfigOption<?> option, boolean right, String what) {
        if (!right) {
            throw new IllegalArgumentException(option.key() + ": must be " + what);
        }
    }
}
