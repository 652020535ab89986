package io.millrace.connectors.agents.java;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Alpha alpha alpha. Beta. Gamma. | Alpha alpha alpha.",
                "He said \"Alpha alpha!\" Then he left. | He said \"Alpha alpha!\"",
                "Version 2.2.1 alpha alpha is out. So what? | Version 2.2.1 alpha alpha is out.",
                "no end alpha | no end alpha",
                "今日は今日は。明日 | 今日は今日は。",
            })
    void theSentenceWhoseWordsAreTheMostFrequentIsTheSummary(String text, String summary) {
        assertThat(Extraction.summary(text, 1)).isEqualTo(summary);
    }

    @Test
    void anEmptyLineEndsASentence() {
        assertThat(Extraction.summary("A heading\n\nAlpha alpha\nalpha.", 1)).isEqualTo("Alpha alpha alpha.");
    }

    @Test
    void anyTextIsReadOnce() {
        // With one look ahead at each place this would be hours.
        assertThat(Extraction.summary(".(".repeat(500_000), 1)).isNotEmpty();
        assertThat(Extraction.summary("? ".repeat(500_000), 1)).isEqualTo("?");
    }
}
