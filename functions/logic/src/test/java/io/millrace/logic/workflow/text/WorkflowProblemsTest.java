package io.millrace.logic.workflow.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.workflow.program.JqFormulas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Documents with something wrong in them, and what is said of it: {@code problems.txt}, in which {@code ===} begins a
 * document and {@code ---} what is said; {@code -Dmillrace.refresh=true} writes the latter.
 */
class WorkflowProblemsTest {
    private static final Path TABLE = Path.of("src/test/resources/io/millrace/logic/workflow/text/problems.txt");
    private static final WorkflowReader READER = new WorkflowReader(new JqFormulas());

    /** A document of the table. */
    private record Entry(String name, String text) {}

    @Test
    void eachDocumentHasTheProblemsBelowIt() throws Exception {
        StringBuilder table = new StringBuilder();
        List<Entry> entries = entries(Files.readString(TABLE));
        for (Entry entry : entries) {
            table.append("=== ")
                    .append(entry.name)
                    .append('\n')
                    .append(entry.text)
                    .append("---\n")
                    .append(said(entry));
        }
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(TABLE, table.toString());
        }
        assertThat(table.toString()).isEqualTo(Files.readString(TABLE));
        assertThat(entries).hasSizeGreaterThan(60);
    }

    /** The names of the documents say how many problems they have; most have one. */
    @Test
    void aProblemIsSaidOnce() throws Exception {
        for (Entry entry : entries(Files.readString(TABLE))) {
            int expected = entry.name.startsWith("no problem") ? 0 : entry.name.startsWith("two") ? 2 : 1;
            assertThat(READER.read(entry.text).problems()).as(entry.name).hasSize(expected);
        }
    }

    private static String said(Entry entry) {
        return READER.read(entry.text).problems().stream()
                .map(problem -> problem + "\n")
                .collect(Collectors.joining());
    }

    private static List<Entry> entries(String table) {
        List<Entry> entries = new ArrayList<>();
        for (String part : table.split("(?m)^=== ")) {
            if (!part.isBlank()) {
                int name = part.indexOf('\n');
                int end = part.indexOf("\n---\n", name);
                entries.add(new Entry(part.substring(0, name), part.substring(name + 1, end + 1)));
            }
        }
        return entries;
    }
}
