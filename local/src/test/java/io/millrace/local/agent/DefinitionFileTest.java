package io.millrace.local.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentRegistryReader;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionFileTest {

    private static final String YAML =
            """
            # What it does
            agent: summariser
            version: 3
            type: GENERATION
            transport:
              kind: http
              url: http://localhost:8088/summarise
            retry:
              max_attempts: 5
            capabilities:
              - summarise
            """;

    @Test
    void theFieldsOfADefinitionAreEnough() throws Exception {
        DefinitionFile read = DefinitionFile.read("agent.yaml", bytes(YAML));

        AgentDefinition definition = read.event().definition();
        assertThat(definition.agent()).isEqualTo("summariser");
        assertThat(definition.version()).isEqualTo("3");
        assertThat(definition.retry().maxAttempts()).isEqualTo(5);
        assertThat(definition.transport().settings()).contains("http://localhost:8088/summarise");
        assertThat(read.ignored()).isEmpty();
        // What is published is what the job reads.
        assertThat(AgentRegistryReader.read(
                        new SourceRecord(Topics.AGENT_REGISTRY, 0, 0, 0, bytes("summariser"), read.value(), List.of())))
                .isEqualTo(read.event());
    }

    @Test
    void aWholeEventKeepsItsEnvelope() {
        DefinitionFile read = DefinitionFile.read(
                "agent.json",
                bytes(
                        """
                        {"schema_version":1,"event_id":"e5b8c1d4-6f9a-4c2d-8e5f-7a9b1c3d5e6f","tenant":"acme",
                         "event_type":"agent.registered","occurred_at":"2026-11-20T08:00:00Z","agent":"a-1","version":"x",
                         "type":"OTHER","transport":{"kind":"in-process","name":"echo"}}
                        """));

        assertThat(read.event().eventId()).hasToString("e5b8c1d4-6f9a-4c2d-8e5f-7a9b1c3d5e6f");
        assertThat(read.event().tenant()).isEqualTo("acme");
        assertThat(Instant.ofEpochMilli(read.event().occurredAt())).isEqualTo("2026-11-20T08:00:00Z");
    }

    @Test
    void aFieldThatNoDefinitionHasIsNamed() {
        assertThat(DefinitionFile.read("a", bytes(YAML + "cahce:\n  ttl_seconds: 60\n"))
                        .ignored())
                .containsExactly("cahce");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(YAML.replace("GENERATION", "POETRY"), "a.yaml:4: type: must be one of", "(invalid_value)"),
                Arguments.of(YAML.replace("5", "many"), "a.yaml:9: retry.max_attempts: ", "(wrong_type)"),
                Arguments.of(YAML.replace("- summarise", "- [1]"), "a.yaml:11: capabilities[0]: ", "(wrong_type)"),
                Arguments.of(YAML.replace("  kind: http\n", ""), "a.yaml:5: transport.kind: ", "(missing_field)"),
                Arguments.of(YAML.replace("agent: summariser\n", ""), "a.yaml:1: agent: ", "(missing_field)"),
                Arguments.of(YAML + "version: 4\n", "a.yaml:12: ", "(not_json)"),
                Arguments.of(YAML + "  - : [\n", "a.yaml:", "(not_json)"),
                Arguments.of("{\"agent\":\n\"a\",\n\"version\":}", "a.yaml:3: ", "(not_json)"),
                Arguments.of("{\"agent\":\"a\"} {}", "a.yaml:1: ", "(not_json)"),
                Arguments.of("just words", "a.yaml:1: not an object", ""),
                Arguments.of("", "a.yaml:1: not an object", ""),
                Arguments.of(
                        YAML + "event_type: agent.removed\n", "a.yaml:12: event_type: must be agent.registered", ""));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaidWithFieldAndLine(String text, String begin, String end) {
        assertThatThrownBy(() -> DefinitionFile.read("a.yaml", bytes(text)))
                .isInstanceOf(AgentException.class)
                .hasMessageStartingWith(begin)
                .hasMessageEndingWith(end)
                .extracting(Throwable::getMessage)
                .matches(message -> message.toString().lines().count() == 1, "one line");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "java", "nats", "topic"})
    void theExamplesCanBeRegistered(String example) throws IOException {
        Path file = Path.of("../examples/agents", example, "agent.yaml");

        assertThat(DefinitionFile.read(file.toString(), Files.readAllBytes(file))
                        .ignored())
                .isEmpty();
    }
}
