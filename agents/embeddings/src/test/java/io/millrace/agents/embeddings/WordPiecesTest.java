package io.millrace.agents.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordPiecesTest {
    private static final WordPieces PIECES = pieces();

    /** The expected numbers are those of the Hugging Face tokeniser 0.36.0 for the same vocabulary. */
    static List<String> texts() throws IOException {
        try (InputStream file = WordPiecesTest.class.getResourceAsStream("/embeddings/pieces.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textsHaveTheNumbersThatTheModelWasTrainedWith(String line) {
        int tab = line.indexOf('\t');

        assertThat(Arrays.toString(PIECES.ids(line.substring(0, tab), 1_000))).isEqualTo(line.substring(tab + 1));
    }

    @Test
    void aTextWithoutWordsHasItsBoundsOnly() {
        assertThat(PIECES.ids(" \t\u200B\u202E", 10)).containsExactly(101, 102);
    }

    @Test
    void aLongTextIsCutAndKeepsItsEnd() {
        assertThat(PIECES.ids("order ".repeat(1_000), 5)).containsExactly(101, 2344, 2344, 2344, 102);
    }

    @Test
    void markersInATextAreNoMarkers() {
        assertThat(PIECES.ids("[SEP]", 10)).endsWith(1033, 102).hasSizeGreaterThan(4);
    }

    @Test
    void aWordLongerThanAnyIsOneUnknownPiece() {
        assertThat(PIECES.ids("a".repeat(101), 300)).containsExactly(101, 100, 102);
        assertThat(PIECES.ids("a".repeat(100), 300)).doesNotContain(100);
    }

    @Test
    void halfOfASurrogatePairIsLeftOut() {
        assertThat(PIECES.ids("order \uD83D", 10)).containsExactly(101, 2344, 102);
    }

    private static WordPieces pieces() {
        try (InputStream vocabulary = WordPiecesTest.class.getResourceAsStream("/all-minilm-l6-v2-q-tokenizer.json")) {
            return WordPieces.read(vocabulary);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
