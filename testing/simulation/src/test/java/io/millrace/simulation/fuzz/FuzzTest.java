package io.millrace.simulation.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.fuzz.EventFuzzer;
import io.millrace.testing.fuzz.FuzzInput;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Malformed input through the reader and the decisions. */
@Timeout(120)
class FuzzTest {
    private static final long SEED = 20261121;
    private static final int INPUTS = 40_000;

    @TempDir
    Path directory;

    @Test
    void everyInputIsAcceptedOrRefused() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        FuzzRun run = new FuzzRun(new PrintStream(told, true, StandardCharsets.UTF_8));

        boolean good = run.run(SEED, INPUTS);

        assertThat(good).as(told.toString(StandardCharsets.UTF_8)).isTrue();
        Path corpus = directory.resolve("corpus.jsonl");
        run.writeCorpus(corpus);
        assertThat(Files.readAllLines(corpus)).hasSizeGreaterThan(100);
        // Each code the reader has, and the decisions' own.
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains(
                        "empty_value",
                        "too_large",
                        "not_utf8",
                        "not_json",
                        "too_deep",
                        "duplicate_field",
                        "missing_field",
                        "wrong_type",
                        "invalid_value",
                        "unknown_version",
                        "unknown_type",
                        "invalid_envelope",
                        "invalid_recurrence",
                        "task_exists",
                        "task_completed",
                        "task_deleted");
    }

    @Test
    void theSameSeedMakesTheSameInputs() {
        EventFuzzer one = new EventFuzzer(SEED, 5, 5);
        EventFuzzer other = new EventFuzzer(SEED, 5, 5);
        EventFuzzer third = new EventFuzzer(SEED + 1, 5, 5);
        int different = 0;
        for (int i = 0; i < 1_000; i++) {
            FuzzInput input = one.next();
            assertThat(Corpus.text(input, "", null)).isEqualTo(Corpus.text(other.next(), "", null));
            different += Arrays.equals(input.value(), third.next().value()) ? 0 : 1;
        }
        assertThat(different).isGreaterThan(900);
    }

    @ParameterizedTest
    @MethodSource("kept")
    void whatWasKeptIsAnsweredAsBefore(Corpus.Kept kept) throws Exception {
        Verdict verdict = Corpus.judge(kept.input());

        assertThat(Corpus.codeOf(verdict)).as(kept.shape()).isEqualTo(kept.code());
    }

    static Stream<Corpus.Kept> kept() throws Exception {
        try (InputStream in = FuzzTest.class.getResourceAsStream("/corpus.jsonl")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            Stream.Builder<Corpus.Kept> all = Stream.builder();
            for (String line : lines) {
                all.add(Corpus.parse(line));
            }
            return all.build();
        }
    }
}
