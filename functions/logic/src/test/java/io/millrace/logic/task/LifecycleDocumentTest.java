package io.millrace.logic.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/tasks.md shows the table of states and events as the code has it. */
class LifecycleDocumentTest {
    private static final String BEGIN = "<!-- lifecycle:begin -->\n";
    private static final String END = "<!-- lifecycle:end -->";

    @Test
    void theDocumentShowsTheTable() throws IOException {
        Path document = document();
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as("the marks around the table in %s", document).isGreaterThan(BEGIN.length());
        String fresh = TaskLifecycle.markdown();
        if (Boolean.getBoolean("millrace.refresh")
                && !text.substring(begin, end).equals(fresh)) {
            Files.writeString(document, text.substring(0, begin) + fresh + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end))
                .as("the table in docs/tasks.md is stale. Refresh it: mvn -pl schemas,functions/logic test"
                        + " -Dtest=LifecycleDocumentTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dmillrace.refresh=true")
                .isEqualTo(fresh);
    }

    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/tasks.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/tasks.md");
    }
}
