package io.millrace.logic.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/pii.md says how well personal data is found in the labelled texts. */
class QualityTest {
    private static final Set<PiiType> WITHOUT_STRUCTURE = EnumSet.of(PiiType.PERSON, PiiType.ADDRESS);

    private final Quality quality = Quality.of(Labelled.all());

    @Test
    void whatHasAStructureIsFound() {
        for (PiiType type : EnumSet.complementOf(EnumSet.copyOf(WITHOUT_STRUCTURE))) {
            assertThat(quality.of(type).f1())
                    .as("F1 of %s; mistakes: %s", type, quality.mistakes())
                    .isGreaterThanOrEqualTo(0.95);
        }
    }

    @Test
    void namesAndAddressesAreNotTakenForWhatTheyAreNot() {
        for (PiiType type : WITHOUT_STRUCTURE) {
            assertThat(quality.of(type).precision()).as("precision of %s", type).isGreaterThanOrEqualTo(0.95);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"labelled", "held-out"})
    void theDocumentShowsTheTable(String name) throws IOException {
        Path document = document();
        String mark = "<!-- " + name + ":begin -->\n";
        String text = Files.readString(document);
        int begin = text.indexOf(mark) + mark.length();
        int end = text.indexOf("<!-- " + name + ":end -->");
        assertThat(end).as("the marks around the table in %s", document).isGreaterThan(begin - 1);
        String fresh = (name.equals("labelled") ? quality : Quality.of(Labelled.heldOut())).markdown();
        if (Boolean.getBoolean("millrace.refresh")
                && !text.substring(begin, end).equals(fresh)) {
            Files.writeString(document, text.substring(0, begin) + fresh + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end))
                .as("the table in docs/pii.md is stale. Refresh it: mvn -pl schemas,functions/logic test"
                        + " -Dtest=QualityTest -Dsurefire.failIfNoSpecifiedTests=false -Dmillrace.refresh=true")
                .isEqualTo(fresh);
    }

    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/pii.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/pii.md");
    }
}
