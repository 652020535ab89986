package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.jobs.agents.trace.TraceMetrics;
import io.millrace.jobs.runtime.JobSettings;
import io.millrace.operators.agent.AgentMetrics;
import io.millrace.testing.flink.SettingsTable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting is declared, mapped and documented, and every metric is documented. */
class AgentsOptionsTest {
    private static final Path DOCUMENT = Path.of("../../docs/agents.md");
    private static final JobSettings SETTINGS = new JobSettings("agents", AgentsOptions.ALL);

    /** For each key a value that is not its default. */
    private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
            Map.entry("kafka.bootstrap-servers", "kafka:9092"),
            Map.entry("kafka.group-id", "g"),
            Map.entry("topics.agent-calls", "a"),
            Map.entry("topics.agent-registry", "b"),
            Map.entry("topics.agent-outcomes", "c"),
            Map.entry("topics.agent-results", "d"),
            Map.entry("topics.agent-calls-dlq", "e"),
            Map.entry("topics.agent-registry-dlq", "f"),
            Map.entry("topics.agent-outcomes-dlq", "g"),
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
            Map.entry("tracing.otlp-endpoint", "http://localhost:4318"),
            Map.entry("tracing.sample-ratio", "0.1"),
            Map.entry("tracing.service-name", "agents"),
            Map.entry("tracing.headers-file", "/keys/collector"),
            Map.entry("delivery.default", "exactly-once"),
            Map.entry("delivery.agent-results", "exactly-once"),
            Map.entry("delivery.agent-outcomes", "exactly-once"),
            Map.entry("delivery.dead-letters", "exactly-once"),
            Map.entry("delivery.transactional-id-prefix", "p"),
            Map.entry("delivery.transaction-timeout", "10 min"),
            Map.entry("max-record-size", "2 mb"),
            Map.entry("input-clock.max-hold", "1 min"));

    @TempDir
    Path directory;

    @Test
    void everyDeclaredOptionIsListedOnceAndDescribed() throws Exception {
        Set<Object> declared = new HashSet<>();
        for (Class<?> options : List.of(AgentsOptions.class, KafkaOptions.class)) {
            for (Field field : options.getDeclaredFields()) {
                if (field.getType() == ConfigOption.class) {
                    declared.add(field.get(null));
                }
            }
        }

        assertThat(AgentsOptions.ALL).doesNotHaveDuplicates();
        assertThat(new HashSet<Object>(AgentsOptions.ALL)).isEqualTo(declared);
        assertThat(AgentsOptions.ALL).allSatisfy(option -> assertThat(SettingsTable.description(option))
                .endsWith("."));
    }

    @Test
    void everyOptionChangesTheConfiguration() throws Exception {
        Path properties = Files.writeString(directory.resolve("client.properties"), "security.protocol=SSL\n");
        Path costs = Files.writeString(directory.resolve("costs.yaml"), "budgets: {default: {day: 1}}\n");
        for (ConfigOption<?> option : AgentsOptions.ALL) {
            String value =
                    switch (option.key()) {
                        case "kafka.properties-file" -> properties.toString();
                        case "costs-file" -> costs.toString();
                        default -> OTHER_VALUES.get(option.key());
                    };
            assertThat(value).as("a value for " + option.key()).isNotNull();
            Configuration given = new Configuration();
            given.setString(option.key(), value);

            assertThat(shown(AgentsConfig.of(given)))
                    .as(option.key())
                    .isNotEqualTo(shown(AgentsConfig.of(new Configuration())));
        }
    }

    /** A configuration with what its Kafka clients are given. */
    private static String shown(AgentsConfig config) {
        return config.toString().replaceAll("(KafkaConnection|PriceTable)@\\w+", "")
                + config.kafka().adminProperties();
    }

    @Test
    void everySettingMayBeAnArgument() {
        assertThat(AgentsOptions.ALL).noneMatch(option -> GlobalConfiguration.isSensitive(option.key()));
    }

    @Test
    void whatIsWrongIsNamed() {
        for (String[] arguments : List.of(
                new String[] {"--gate.concurrent", "0"},
                new String[] {"--gate.circuit-window", "65"},
                new String[] {"--attempts.capacity", "0"},
                new String[] {"--dedup-window", "0 s"},
                new String[] {"--unknown-agent-wait", "-1 s"},
                new String[] {"--topics.agent-results", "agent-calls"},
                new String[] {"--tenants", "a b"},
                new String[] {"--tenants", "acme;acme"},
                new String[] {"--tenants", "agent-results-acme"},
                new String[] {"--reply-topic-prefixes", "agent-"},
                new String[] {"--topic-agents.request-topic-prefixes", "agent-"},
                new String[] {"--topic-agents.reply-topic", "agent-calls"},
                new String[] {"--http.allowed-hosts", "https://crm"},
                new String[] {"--http.allowed-networks", "10.0.0.0/33"},
                new String[] {"--tracing.otlp-endpoint", "http://user@collector/"},
                new String[] {"--tracing.sample-ratio", "1.1"},
                new String[] {"--tracing.service-name", " "},
                new String[] {"--costs-file", "/no/such/file"})) {
            String key = arguments[0]
                    .replaceAll("--(topics|gate|attempts)\\.", "$1.")
                    .replace("--", "");
            String named = key.startsWith("topics.") ? "topics" : key.substring(key.indexOf('.') + 1);

            assertThatThrownBy(() -> AgentsConfig.load(arguments, Map.of()))
                    .as(String.join(" ", arguments))
                    .isInstanceOf(IllegalArgumentException.class)
                    .message()
                    .matches(message -> message.contains(named) || message.contains(arguments[1]));
        }
    }

    @Test
    void everySettingIsInTheDocumentation() throws Exception {
        SettingsTable table = new SettingsTable(SETTINGS::environmentVariable, AgentsOptions.ALL);
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("millrace.refresh")) {
            document = table.refresh(document);
            Files.writeString(DOCUMENT, document);
        }

        assertThat(document)
                .as("docs/agents.md; run the test with -Dmillrace.refresh=true")
                .isEqualTo(table.refresh(document));
    }

    @Test
    void everyMetricIsInTheDocumentation() throws Exception {
        String document = Files.readString(DOCUMENT);
        List<String> names = new ArrayList<>();
        for (Class<?> metrics : List.of(AgentMetrics.class, AttemptMetrics.class, TraceMetrics.class)) {
            for (Field field : metrics.getDeclaredFields()) {
                if (field.getType() == String.class && !Modifier.isPrivate(field.getModifiers())) {
                    names.add((String) field.get(null));
                }
            }
        }

        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }
}
