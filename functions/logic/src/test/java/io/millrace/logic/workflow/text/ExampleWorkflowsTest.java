package io.millrace.logic.workflow.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.logic.workflow.program.JqFormulas;
import io.millrace.logic.workflow.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows that come with Millrace can be published as they are. */
class ExampleWorkflowsTest {
    private static final Path FOLDER = Path.of("../../docs/examples/workflows");
    private static final Path AGENTS = Path.of("../../local/src/main/resources/agents");

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml")
                            && !file.toString().endsWith(".tests.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreTen() throws Exception {
        assertThat(examples()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsValidAndCallsAgentsThatThereAre(Path file) throws Exception {
        WorkflowReading reading = new WorkflowReader(new JqFormulas()).read(Files.readString(file));
        assertThat(reading.problems()).isEmpty();
        Program program = reading.program();
        assertThat(program.name()).isEqualTo(file.getFileName().toString().replace(".yaml", ""));
        assertThat(agents()).containsAll(program.agents());
        Path input = Path.of(file.toString().replace(".yaml", ".input.json"));
        assertThat(new ObjectMapper().readTree(Files.readString(input)).isObject())
                .isTrue();
    }

    private static Set<String> agents() throws IOException {
        try (Stream<Path> files = Files.list(AGENTS)) {
            return Set.copyOf(files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .toList());
        }
    }
}
