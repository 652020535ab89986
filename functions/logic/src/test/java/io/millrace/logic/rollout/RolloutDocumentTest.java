package io.millrace.logic.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/rollout.md shows the table of phases and moves as the code has it. */
class RolloutDocumentTest {
    private static final String BEGIN = "<!-- lifecycle:begin -->\n";
    private static final String END = "<!-- lifecycle:end -->";

    @Test
    void theDocumentShowsTheTable() throws IOException {
        Path document = document();
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as("the marks around the table in %s", document).isGreaterThan(BEGIN.length());
        String fresh = RolloutLifecycle.markdown();
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(document, text.substring(0, begin) + fresh + text.substring(end));
            return;
        }

        assertThat(text.substring(begin, end))
                .as("the table in docs/rollout.md is stale; run this test with -Dmillrace.refresh=true")
                .isEqualTo(fresh);
    }

    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/rollout.md"))) {
            folder = folder.getParent();
        }
        assertThat(folder).as("docs/rollout.md").isNotNull();
        return folder.resolve("docs/rollout.md");
    }
}
