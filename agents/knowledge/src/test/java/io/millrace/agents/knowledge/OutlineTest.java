package io.millrace.agents.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.schema.knowledge.KnowledgeDocument.Format;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutlineTest {
    @Test
    void markdownIsCutAtItsHeadingsAndLosesItsMarks() {
        String text =
                "Before.\n\n# One *two*\nA [link](http://x.example) and **bold**\nlines.\n\n- entry\n- other\n\n---\n## `Three`\n| a | b |\n";

        assertThat(Outline.of(Format.MARKDOWN, text))
                .containsExactly(
                        new Section("", "Before."),
                        new Section("One two", "A link and bold lines.\nentry\nother"),
                        new Section("Three", "a b"));
    }

    @Test
    void ofHtmlOnlyWhatIsShownCounts() {
        String text =
                "<html><head><title>t</title><style>p{}</style></head><body><h1>One &amp; two</h1><p>A <b>bold</b> word"
                        + "<script>alert(1)</script>.</p><ul><li>entry<li>other</ul><div hidden>not me</div><h2>Three</h2>text<br>more";

        assertThat(Outline.of(Format.HTML, text))
                .containsExactly(
                        new Section("One & two", "A bold word.\nentry\nother"), new Section("Three", "text\nmore"));
    }

    private static String full(String piece) {
        return piece.repeat(KnowledgeDocument.MAX_TEXT / piece.length());
    }

    static Stream<String> hostile() {
        return Stream.of(
                full("#"),
                full("# a\n"),
                full("<h1>"),
                full("<h1>a"),
                full("<div>"),
                full("<b><a>"),
                full("<table><tr>"),
                full("<p><font>"),
                full("</p>"),
                full("&"),
                full("<!--"),
                full("[a]("),
                full("|"),
                full("."),
                full("a"),
                full("a. "),
                full("\u200b"),
                full("\uD83D\uDE00"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void whateverADocumentIsMadeOfItGivesChunksOfBoundedSizeAndNumber(String text) {
        for (Format format : Format.values()) {
            List<Section> chunks = Chunks.of(Outline.of(format, text));

            assertThat(chunks).hasSizeLessThanOrEqualTo(Chunks.MOST);
            assertThat(chunks).allSatisfy(chunk -> assertThat(Sentences.tokens(chunk.text()))
                    .isLessThanOrEqualTo(Chunks.TOKENS));
        }
    }

    @Test
    void aLongSectionIsCutAtTheEndsOfItsSentencesAndLosesNone() {
        String sentence = "This sentence has some seven or eight words.";
        List<Section> chunks = Chunks.of(List.of(new Section("Long", (sentence + " ").repeat(200))));

        assertThat(chunks).hasSizeGreaterThan(2).allSatisfy(chunk -> {
            assertThat(chunk.heading()).isEqualTo("Long");
            assertThat(chunk.text()).startsWith("This").endsWith("words.");
        });
        assertThat(chunks.stream()
                        .mapToInt(chunk -> Sentences.of(chunk.text()).size())
                        .sum())
                .isEqualTo(200);
    }

    @Test
    void aSectionThatIsShortIsPutTogetherWithTheNext() {
        assertThat(Chunks.of(List.of(
                        new Section("Help", ""),
                        new Section("Hours", "We are here from nine to five on all working days of the week."))))
                .containsExactly(
                        new Section("Help", "Hours\nWe are here from nine to five on all working days of the week."));
    }
}
