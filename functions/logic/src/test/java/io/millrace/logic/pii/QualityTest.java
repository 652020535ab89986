package io.millrace.logic.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** docs/pii.md says how well personal data is found in the labelled texts. */
class QualityTest {
    private static final Set<PiiType> WITHOUT_STRUCTURE = EnumSet.of(PiiType.PERSON, PiiType.ADDRESS);
    private static final String BEGIN = "<!-- quality:begin -->\n";
    private static final String END = "<!-- quality:end -->";

    private final List<Labelled> labelled = Labelled.all();
    private final Quality quality = Quality.of(labelled);

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

    @Test
    void theDocumentShowsTheTable() throws IOException {
        Path document = document();
        String text = Files.readString(document);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(end).as("the marks around the table in %s", document).isGreaterThan(begin - 1);
        String fresh = quality.markdown();
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
