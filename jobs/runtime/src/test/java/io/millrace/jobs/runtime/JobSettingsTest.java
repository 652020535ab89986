package io.millrace.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobSettingsTest {
    private static final ConfigOption<String> GROUP =
            ConfigOptions.key("kafka.group-id").stringType().defaultValue("from-default");
    private static final ConfigOption<Duration> WAIT =
            ConfigOptions.key("unknown-task-wait").durationType().defaultValue(Duration.ofMinutes(5));
    private static final ConfigOption<MemorySize> SIZE =
            ConfigOptions.key("max-record-size").memoryType().defaultValue(MemorySize.ofMebiBytes(1));
    private static final ConfigOption<String> SECRET =
            ConfigOptions.key("api.secret-key").stringType().noDefaultValue();
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @TempDir
    Path directory;

    private final JobSettings settings = new JobSettings("tasks", List.of(GROUP, WAIT, SIZE, SECRET));

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(load(NO_ENVIRONMENT).get(GROUP)).isEqualTo("from-default");
    }

    @Test
    void theFileWinsOverTheDefault() throws Exception {
        String file = yaml("kafka:\n  group-id: from-file\n");

        assertThat(load(NO_ENVIRONMENT, "--config", file).get(GROUP)).isEqualTo("from-file");
    }

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        String file = yaml("kafka.group-id: from-file\n");

        assertThat(load(Map.of("MILLRACE_TASKS_KAFKA_GROUP_ID", "from-env"), "--config", file)
                        .get(GROUP))
                .isEqualTo("from-env");
    }

    @Test
    void argumentsWinOverTheEnvironment() {
        assertThat(load(Map.of("MILLRACE_TASKS_KAFKA_GROUP_ID", "from-env"), "--kafka.group-id", "from-args")
                        .get(GROUP))
                .isEqualTo("from-args");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--unknown-task-wait=90 s", "--unknown-task-wait|90 s", "--unknown-task-wait=PT90S"})
    void argumentsAreWrittenWithEqualsSignOrSpaceAndHaveUnits(String arguments) {
        assertThat(load(NO_ENVIRONMENT, arguments.split("\\|")).get(WAIT)).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aValueMayHoldAnEqualsSign() {
        assertThat(load(NO_ENVIRONMENT, "--kafka.group-id=a=b").get(GROUP)).isEqualTo("a=b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--kafka.grup-id=x      | argument --kafka.grup-id: there is no such setting",
                "--kafka.group-id       | argument --kafka.group-id has no value",
                "kafka.group-id=x       | expected --key value",
                "--unknown-task-wait=so | unknown-task-wait",
                "--max-record-size=big  | max-record-size",
            })
    void aBadArgumentIsNamed(String argument, String message) {
        assertThatThrownBy(() -> load(NO_ENVIRONMENT, argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void anUnknownKeyIsToldTheKeysThereAre() {
        assertThatThrownBy(() -> load(NO_ENVIRONMENT, "--x", "1"))
                .hasMessageContaining("kafka.group-id, max-record-size, unknown-task-wait");
    }

    @Test
    void aBadValueInTheEnvironmentIsNamedByItsKey() {
        assertThatThrownBy(() -> load(Map.of("MILLRACE_TASKS_UNKNOWN_TASK_WAIT", "soon")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown-task-wait");
    }

    @Test
    void environmentVariablesOfOthersAreLeftAlone() {
        // Kubernetes makes such variables for every service named millrace-tasks-….
        assertThat(load(Map.of("MILLRACE_TASKS_REST_PORT", "tcp://10.0.0.1:8081"))
                        .toMap())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka: {grup-id: x}              | kafka.grup-id: there is no such setting",
                "kafka.group-id: [a, b]           | kafka.group-id: must be one value",
                "[kafka.group-id]                 | must hold key: value pairs",
                "just text                        | must hold key: value pairs",
                "'kafka: {group-id: a, group-id: b}' | Duplicate field",
                "'kafka: {'                       | settings.yaml",
            })
    void aBadFileIsNamedWithItsKey(String content, String message) throws Exception {
        String file = yaml(content);

        assertThatThrownBy(() -> load(NO_ENVIRONMENT, "--config", file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("settings.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void anEmptyFileSetsNothing() throws Exception {
        assertThat(load(NO_ENVIRONMENT, "--config", yaml("# nothing yet\n")).toMap())
                .isEmpty();
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> load(NO_ENVIRONMENT, "--config", "/no/such/file.yaml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/no/such/file.yaml can't be read");
    }

    @Test
    void aSecretIsRefusedAsAnArgumentAndNotRepeated() {
        assertThatThrownBy(() -> load(NO_ENVIRONMENT, "--api.secret-key=hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MILLRACE_TASKS_API_SECRET_KEY")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aSecretIsTakenFromTheEnvironment() {
        assertThat(load(Map.of("MILLRACE_TASKS_API_SECRET_KEY", "hunter2")).get(SECRET))
                .isEqualTo("hunter2");
    }

    private Configuration load(Map<String, String> environment, String... arguments) {
        return settings.load(arguments, environment);
    }

    private String yaml(String content) throws Exception {
        return Files.writeString(directory.resolve("settings.yaml"), content).toString();
    }
}
