package io.millrace.local.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.knowledge.KnowledgeDocument.Audience;
import io.millrace.schema.knowledge.KnowledgeDocument.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentFileTest {
    private static final DocumentFile.Defaults NONE = new DocumentFile.Defaults("default", null, null);
    private static final DocumentFile.Defaults ENGLISH = new DocumentFile.Defaults("acme", "en", "customer");

    @TempDir
    private Path directory;

    @Test
    void aFileSaysAtItsTopWhatIsToBeKnownOfIt() {
        DocumentFile read = DocumentFile.read(
                "shop/returns.md",
                """
                ---
                document_id: returns.fr
                language: fr-CA
                title: "Retours"
                url: https://shop.example.com/fr/retours
                valid_until: 2027-01-01T00:00:00Z
                audience: staff
                questions: ["Puis-je le rendre ?"]
                titel: misspelt
                ---
                ## Délai

                Vous avez 30 jours.
                """,
                ENGLISH);

        KnowledgeDocument document = read.document();
        assertThat(document.documentId()).isEqualTo("returns.fr");
        assertThat(document.envelope().tenant()).isEqualTo("acme");
        assertThat(document.language()).isEqualTo("fr-CA");
        assertThat(document.audience()).isEqualTo(Audience.STAFF);
        assertThat(document.format()).isEqualTo(Format.MARKDOWN);
        assertThat(document.validUntil()).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(document.questions()).containsExactly("Puis-je le rendre ?");
        assertThat(document.text()).isEqualTo("## Délai\n\nVous avez 30 jours.\n");
        assertThat(read.ignored()).containsExactly("titel");
    }

    @Test
    void whatItDoesNotSayFollowsFromItsNameItsHeadingAndTheDefaults() {
        KnowledgeDocument document = DocumentFile.read(
                        "help/delivery.md", "# How we deliver\r\n\r\nIn three days.\r\n", ENGLISH)
                .document();
        assertThat(document.documentId()).isEqualTo("delivery");
        assertThat(document.title()).isEqualTo("How we deliver");
        assertThat(document.audience()).isEqualTo(Audience.CUSTOMER);
        assertThat(document.text()).isEqualTo("# How we deliver\n\nIn three days.\n");

        KnowledgeDocument plain =
                DocumentFile.read("notes.TXT", "In three days.", ENGLISH).document();
        assertThat(plain.format()).isEqualTo(Format.PLAIN);
        assertThat(plain.title()).isEqualTo("notes");
        assertThat(DocumentFile.read("a.html", "---\n---\n<p>x</p>", ENGLISH)
                        .document()
                        .text())
                .isEqualTo("<p>x</p>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text                                     | a.md:1: language: missing",
                "---`language: en`---`text                | a.md:1: audience: missing",
                "---`language: en`text                    | a.md:1: what is to be known of it begins with a line --- and has no other",
                "---`- en`---`text                        | a.md:2: what is to be known of it is not written as NAME: VALUE",
                "---`language: en`language: fr`---`text   | a.md:3:",
                "---`language: en`audience: all`---`text  | a.md:3: audience:",
                "---`language: en`audience: staff`title: [a]`---`text | a.md:4: title:",
                "---`language: en`audience: staff`---`    | a.md:1: text:",
            })
    void whatIsWrongIsSaidWithFieldAndLine(String text, String message) {
        assertThatThrownBy(() -> DocumentFile.read("a.md", text.replace('`', '\n'), NONE))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void theShopsDocumentsAreReadFromTheirFolders() {
        List<DocumentFolder.Found> shop = DocumentFolder.read(List.of(Path.of("../docs/examples/knowledge")), NONE);
        assertThat(shop)
                .hasSizeGreaterThan(100)
                .allSatisfy(found -> assertThat(found.document().ignored()).isEmpty());
        assertThat(shop.stream().map(found -> found.document().document().language()))
                .contains("en", "fr-CA", "es");
    }

    @Test
    void twoFilesOfOneIdAreRefusedAndSoAreFoldersWithoutDocuments() throws IOException {
        assertThatThrownBy(() -> DocumentFolder.read(List.of(directory), ENGLISH))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("has no documents");
        Files.createDirectories(directory.resolve("fr"));
        Files.writeString(directory.resolve("README.md"), "not one");
        Files.writeString(directory.resolve("a.md"), "text");
        Files.writeString(directory.resolve("fr/a.md"), "texte");
        assertThatThrownBy(() -> DocumentFolder.read(List.of(directory), ENGLISH))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("document_id: a is that of");
        assertThatThrownBy(() -> DocumentFolder.read(List.of(directory.resolve("none.md")), ENGLISH))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("there is no file");
    }
}
