package io.millrace.logic.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.agent.gate.CircuitTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/agents.md shows the tables as the code has them. */
class AgentTablesTest {

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("endings", (Supplier<String>) Ending::markdown),
                Arguments.of("circuit", (Supplier<String>) CircuitTable::markdown));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void theDocumentShowsTheTable(String name, Supplier<String> table) throws IOException {
        Path document = document();
        String text = Files.readString(document);
        String mark = "<!-- " + name + ":begin -->\n";
        int begin = text.indexOf(mark) + mark.length();
        int end = text.indexOf("<!-- " + name + ":end -->");
        assertThat(end).as("the marks around the table in %s", document).isGreaterThan(begin - 1);
        String fresh = table.get();
        if (Boolean.getBoolean("millrace.refresh")
                && !text.substring(begin, end).equals(fresh)) {
            Files.writeString(document, text.substring(0, begin) + fresh + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end))
                .as("a table in docs/agents.md is stale. Refresh it: mvn -pl schemas,functions/logic test"
                        + " -Dtest=AgentTablesTest -Dsurefire.failIfNoSpecifiedTests=false -Dmillrace.refresh=true")
                .isEqualTo(fresh);
    }

    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/agents.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/agents.md");
    }
}
