package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every setting is declared and mapped. */
class AgentsConfigTest {

    /** For each key a value that is not its default. */
    private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
            Map.entry("tenants", "acme;zeta"),
            Map.entry("reply-topic-prefixes", "x-;y-"),
            Map.entry("unknown-agent-wait", "1 s"),
            Map.entry("dedup-window", "1 h"),
            Map.entry("gate.concurrent", "7"),
            Map.entry("gate.queue-length", "7"),
            Map.entry("gate.queue-size", "7 mb"),
            Map.entry("gate.running-size", "7 mb"),
            Map.entry("gate.circuit-window", "60"),
            Map.entry("gate.circuit-failures", "7"),
            Map.entry("gate.circuit-open-for", "7 s"),
            Map.entry("gate.release-after", "7 s"),
            Map.entry("attempts.capacity", "7"),
            Map.entry("in-process.threads", "7"),
            Map.entry("in-process.queue-length", "7"),
            Map.entry("keys.directory", "/keys"),
            Map.entry("http.allowed-hosts", "*.example.com;crm"),
            Map.entry("http.allowed-networks", "10.0.0.0/8;::1"),
            Map.entry("approval.key-file", "/keys/approval"),
            Map.entry("llm.endpoint", "https://llm.example"),
            Map.entry("llm.api", "openai"),
            Map.entry("llm.deployment", "gpt"),
            Map.entry("llm.credential", "managed_identity"),
            Map.entry("llm.key", "llm"),
            Map.entry("llm.identity-client-id", "7"),
            Map.entry("nats.servers", "nats://localhost:4222"),
            Map.entry("nats.credentials", "nats"),
            Map.entry("nats.key", "nats"),
            Map.entry("topic-agents.request-topic-prefixes", "x-;y-"),
            Map.entry("topic-agents.reply-topic", "h"),
            Map.entry("notify.allowed-hosts", "*.example.com;crm"),
            Map.entry("notify.mail-domains", "example.com"),
            Map.entry("notify.mail-from", "millrace@example.com"),
            Map.entry("notify.smtp-server", "smtp.example.com:587"),
            Map.entry("notify.smtp-security", "tls"),
            Map.entry("notify.smtp-user", "millrace"),
            Map.entry("notify.smtp-key", "smtp"),
            Map.entry("tracing.otlp-endpoint", "http://localhost:4318"),
            Map.entry("tracing.sample-ratio", "0.1"),
            Map.entry("tracing.service-name", "agents"),
            Map.entry("tracing.headers-file", "/keys/collector"));

    @TempDir
    Path directory;

    @Test
    void everyDeclaredOptionIsListedOnce() throws Exception {
        Set<Object> declared = new HashSet<>();
        for (Field field : AgentsOptions.class.getDeclaredFields()) {
            if (field.getType() == ConfigOption.class) {
                declared.add(field.get(null));
            }
        }

        assertThat(new HashSet<Object>(AgentsJob.JOB.options())).containsAll(declared);
    }

    @Test
    void everyOptionChangesTheConfiguration() throws Exception {
        Path costs = Files.writeString(directory.resolve("costs.yaml"), "budgets: {default: {day: 1}}\n");
        for (ConfigOption<?> option : AgentsOptions.ALL) {
            String value = option.key().equals("costs-file") ? costs.toString() : OTHER_VALUES.get(option.key());
            assertThat(value).as("a value for " + option.key()).isNotNull();
            Configuration given = new Configuration();
            if (option == AgentsOptions.NOTIFY_SMTP_SERVER) {
                given.set(AgentsOptions.NOTIFY_MAIL_FROM, "millrace@example.com");
            }
            given.setString(option.key(), value);

            assertThat(shown(given)).as(option.key()).isNotEqualTo(shown(new Configuration()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "notify.allowed-hosts, https://example.com",
        "notify.mail-domains, ann@example.com",
        "notify.mail-from, Millrace",
        "notify.smtp-server, smtp.example.com",
        "notify.smtp-security, ssl",
        "notify.smtp-key, ../smtp"
    })
    void aSettingOfNotificationsThatIsWrongIsNamed(String key, String value) {
        Configuration given = new Configuration();
        given.setString(key, value);

        assertThatThrownBy(() -> shown(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ");
    }

    @Test
    void mailNeedsAnAddressThatItComesFrom() {
        Configuration given = new Configuration();
        given.set(AgentsOptions.NOTIFY_SMTP_SERVER, "smtp.example.com:587");

        assertThatThrownBy(() -> shown(given)).hasMessageStartingWith("notify.mail-from: ");
    }

    private static String shown(Configuration values) {
        return AgentsConfig.of(values, "agent-calls", Set.of("agent-calls", "agent-results"))
                .toString()
                .replaceAll("PriceTable@\\w+", "");
    }
}
