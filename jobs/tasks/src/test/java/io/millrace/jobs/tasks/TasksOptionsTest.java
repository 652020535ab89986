package io.millrace.jobs.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.kafka.KafkaConnection.Delivery;
import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.connectors.kafka.SourceMetrics;
import io.millrace.jobs.runtime.JobSettings;
import io.millrace.operators.task.TaskMetrics;
import io.millrace.testing.flink.SettingsTable;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting is declared, mapped and documented, and every metric is documented. */
class TasksOptionsTest {
    private static final Path DOCUMENT = Path.of("../../docs/tasks.md");
    private static final JobSettings SETTINGS = new JobSettings("tasks", TasksOptions.ALL);

    /** For each key a value that is not its default. */
    private static final Map<String, String> OTHER_VALUES = Map.ofEntries(
            Map.entry("kafka.bootstrap-servers", "kafka:9092"),
            Map.entry("kafka.group-id", "g"),
            Map.entry("topics.task-events", "a"),
            Map.entry("topics.task-updates", "b"),
            Map.entry("topics.reminders", "c"),
            Map.entry("topics.task-events-dlq", "d"),
            Map.entry("dedup-window", "1 h"),
            Map.entry("closed-retention", "2 d"),
            Map.entry("unknown-task-wait", "1 min"),
            Map.entry("reminder-catch-up", "1 min"),
            Map.entry("late-after", "2 min"),
            Map.entry("delivery.default", "exactly-once"),
            Map.entry("delivery.task-updates", "exactly-once"),
            Map.entry("delivery.reminders", "exactly-once"),
            Map.entry("delivery.task-events", "exactly-once"),
            Map.entry("delivery.task-events-dlq", "exactly-once"),
            Map.entry("delivery.transactional-id-prefix", "p"),
            Map.entry("delivery.transaction-timeout", "10 min"),
            Map.entry("max-record-size", "2 mb"),
            Map.entry("input-clock.max-hold", "1 min"));

    @TempDir
    Path directory;

    @Test
    void everyDeclaredOptionIsListedOnceAndDescribed() throws Exception {
        Set<Object> declared = new HashSet<>();
        for (Class<?> options : List.of(TasksOptions.class, KafkaOptions.class)) {
            for (var field : options.getDeclaredFields()) {
                if (field.getType() == ConfigOption.class) {
                    declared.add(field.get(null));
                }
            }
        }

        assertThat(TasksOptions.ALL).doesNotHaveDuplicates();
        assertThat(new HashSet<Object>(TasksOptions.ALL)).isEqualTo(declared);
        assertThat(TasksOptions.ALL).allSatisfy(option -> assertThat(SettingsTable.description(option))
                .endsWith("."));
    }

    @Test
    void everyOptionChangesTheConfiguration() throws Exception {
        Path properties = Files.writeString(directory.resolve("client.properties"), "security.protocol=SSL\n");
        for (ConfigOption<?> option : TasksOptions.ALL) {
            String value = option.equals(KafkaOptions.CLIENT_PROPERTIES_FILE)
                    ? properties.toString()
                    : OTHER_VALUES.get(option.key());
            assertThat(value).as("a value for " + option.key()).isNotNull();
            Configuration given = new Configuration();
            given.setString(option.key(), value);

            assertThat(shown(TasksConfig.of(given)))
                    .as(option.key())
                    .isNotEqualTo(shown(TasksConfig.of(new Configuration())));
        }
    }

    /** A configuration with what its Kafka clients are given. */
    private static String shown(TasksConfig config) {
        return config.toString().replaceFirst("KafkaConnection@\\w+", "kafka")
                + config.kafka().adminProperties();
    }

    @Test
    void deliveryIsSetPerSinkOrForAll() {
        TasksConfig config = TasksConfig.load(
                new String[] {"--delivery.default", "exactly-once", "--delivery.reminders", "at-least-once"}, Map.of());

        assertThat(config.taskUpdates().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(config.deadLetters().delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(config.reminders().delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
    }

    @Test
    void theEnvironmentWinsOverTheFileAndArgumentsOverBoth() throws Exception {
        Path file = Files.writeString(
                directory.resolve("tasks.yaml"), "late-after: 1 s\nreminder-catch-up: 1 s\ndedup-window: 1 s\n");
        Map<String, String> environment =
                Map.of("MILLRACE_TASKS_LATE_AFTER", "2 s", "MILLRACE_TASKS_REMINDER_CATCH_UP", "2 s");

        TasksConfig config =
                TasksConfig.load(new String[] {"--config", file.toString(), "--late-after=3 s"}, environment);

        assertThat(config.lateAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.reminderCatchUp()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.tasks().dedupWindow()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatIsWrongIsNamed() {
        for (String[] arguments : List.of(
                new String[] {"--late-after", "-1 s"},
                new String[] {"--reminder-catch-up", "soon"},
                new String[] {"--dedup-window", "0 s"},
                new String[] {"--closed-retention", "1 h"},
                new String[] {"--unknown-task-wait", "0 s"},
                new String[] {"--topics.reminders", "task-events"},
                new String[] {"--delivery.default", "at-most-once"},
                new String[] {"--kafka.properties-file", "/no/such/file"})) {
            String key = arguments[0].substring(2).replace("topics.reminders", "topics");

            assertThatThrownBy(() -> TasksConfig.load(arguments, Map.of()))
                    .as(String.join(" ", arguments))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(key);
        }
    }

    @Test
    void everySettingIsInTheDocumentation() throws Exception {
        SettingsTable table = new SettingsTable(SETTINGS::environmentVariable, TasksOptions.ALL);
        String document = Files.readString(DOCUMENT);
        if (Boolean.getBoolean("millrace.refresh")) {
            document = table.refresh(document);
            Files.writeString(DOCUMENT, document);
        }

        assertThat(document)
                .as("docs/tasks.md; run the test with -Dmillrace.refresh=true")
                .isEqualTo(table.refresh(document));
    }

    @Test
    void everyMetricIsInTheDocumentation() throws Exception {
        String document = Files.readString(DOCUMENT);
        String metrics = document.substring(document.indexOf("\n## Metrics\n"));

        for (Class<?> names : List.of(TaskMetrics.class, SourceMetrics.class)) {
            assertThat(names.getFields()).isNotEmpty();
            for (var field : names.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                    assertThat(metrics).as("a metric").contains("`" + field.get(null) + "`");
                }
            }
        }
    }
}
