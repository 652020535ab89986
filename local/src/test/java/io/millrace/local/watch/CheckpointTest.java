package io.millrace.local.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
    private static final String LATER =
            "{'id':'b','due_hour':1.5,'question':'Is it?','promql':'up','pass':'> 0','empty_passes':true}";

    @TempDir
    private Path directory;

    @Test
    void thoseThatAreDueFirstComeFirst() throws IOException {
        List<Checkpoint> read =
                read("[" + LATER + "," + LATER.replace("'b'", "'a'").replace("1.5", "0") + "]");

        assertThat(read).extracting(Checkpoint::id).containsExactly("a", "b");
        assertThat(read.get(1).due()).isEqualTo(Duration.ofMinutes(90));
        assertThat(read.get(1).emptyPasses()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'> 0' | '0' | is no condition such as",
                "1.5 | 'soon' | checkpoint 1: due_hour: must be a number of hours",
                "'Is it?' | 7 | checkpoint 1: question: must be a text",
                "'up' | '' | checkpoint 1: promql: must be a text",
            })
    void whatIsWrongIsSaidOfTheFieldOfTheCheckpoint(String right, String wrong, String said) {
        assertThatThrownBy(() -> read("[" + LATER.replace(right, wrong) + "]"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(said);
    }

    @Test
    void anIdComesOnceAndAFileHasSome() {
        assertThatThrownBy(() -> read("[" + LATER + "," + LATER + "]"))
                .hasMessageContaining("another one with the id b");
        assertThatThrownBy(() -> read("[]")).hasMessageContaining("has no checkpoints");
        assertThatThrownBy(() -> read("[\n{")).hasMessageContaining(":2: is not JSON");
    }

    @ParameterizedTest
    @CsvSource({"> 0, 1, 0", ">= 1, 1, 0.9", "< 1, 0, 1", "<= 300, 300, 301", "== 0, 0, 0.1", "<= 5, 5, NaN"})
    void aConditionHoldsOrNot(String condition, double holds, double not) {
        assertThat(PassCondition.of(condition).holds(holds)).isTrue();
        assertThat(PassCondition.of(condition).holds(not)).isFalse();
    }

    @Test
    void whatIsNoResultOfAWatchIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "buy milk\n");

        assertThatThrownBy(() -> ResultsFile.open(file, Instant.EPOCH)).hasMessageContaining(file + ":1: is no result");
    }

    private List<Checkpoint> read(String json) throws IOException {
        return Checkpoint.read(Files.writeString(directory.resolve("checkpoints.json"), json.replace('\'', '"')));
    }
}
