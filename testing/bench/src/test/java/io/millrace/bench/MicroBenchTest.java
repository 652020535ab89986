package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class MicroBenchTest {

    @Test
    void figuresAreNamedInSnakeCase() {
        assertThat(MicroBench.snakeCase("nextOccurrence")).isEqualTo("next_occurrence");
    }

    /** What is measured is checked when it is prepared. */
    @Test
    void thePiecesDoWhatTheirNamesSay() {
        assertThatCode(() -> new TaskPieces().prepare()).doesNotThrowAnyException();
    }
}
