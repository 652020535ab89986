package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's exit status. */
class SimulateTest {
    @TempDir
    Path directory;

    @Test
    void aRunWithoutBrokenLawsIsDone() throws Exception {
        assertThat(Simulate.run("--seed", "7")).isZero();
        assertThat(Simulate.run("--steps", "5000", "--seed", "7")).isZero();
        assertThat(Simulate.run("--seconds", "1")).isZero();
        assertThat(Simulate.run("--help")).isZero();
    }

    @Test
    void aFuzzRunWritesWhatIsWorthKeeping() throws Exception {
        Path corpus = directory.resolve("corpus.jsonl");

        assertThat(Simulate.run("--fuzz", "2000", "--seed", "7", "--corpus", corpus.toString()))
                .isZero();

        assertThat(Files.readAllLines(corpus)).isNotEmpty();
    }

    @Test
    void wrongUsageIsSaid() throws Exception {
        assertThat(Simulate.run("--sed", "7")).isEqualTo(2);
        assertThat(Simulate.run("--seed")).isEqualTo(2);
        assertThat(Simulate.run("--steps", "many")).isEqualTo(2);
        assertThat(Simulate.run("--steps", "0")).isEqualTo(2);
        assertThat(Simulate.run("--steps", "5", "--fuzz", "5")).isEqualTo(2);
    }
}
