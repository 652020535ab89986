package io.millrace.simulation.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.simulation.rollout.RolloutTrial.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is promised of roll-outs, where it is known what is true of them. */
class RolloutSimulationTest {
    private static final long SEED = 11;
    private static final int TRIALS = 60;
    private static final int PER_MINUTE = 200;

    private static Outcome outcome(Truth truth, Supplier<Rule> rule) {
        return new RolloutTrial(PER_MINUTE).run(truth, rule, SEED, TRIALS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Truth.class,
            names = {"SAME", "SEASONS", "OUTAGE", "NOVELTY", "BETTER"})
    void aReleaseThatIsNoWorseGoesToEverybody(Truth truth) {
        Outcome outcome = outcome(truth, Millrace::new);

        assertThat(RolloutSimulation.isKept(truth, outcome)).as(outcome.cell()).isTrue();
        assertThat(outcome.undecided()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Truth.class,
            names = {"TWO_POINTS", "TAIL"})
    void aReleaseThatIsMuchWorseIsTakenBack(Truth truth) {
        Outcome outcome = outcome(truth, Millrace::new);

        assertThat(RolloutSimulation.isKept(truth, outcome)).as(outcome.cell()).isTrue();
        assertThat(outcome.median()).isPositive();
    }

    @Test
    void theTestThatIsLookedAtTooOftenTakesBackManyThatAreNoWorse() {
        assertThat(outcome(Truth.SAME, Scheduled::significance).rolledBack()).isGreaterThan(0.05);
    }

    @Test
    void aReleaseIsNotKeptToWhatIsPromisedOfAnother() {
        Outcome half = new Outcome(100, Collections.nCopies(50, 1), 0);

        assertThat(RolloutSimulation.isKept(Truth.SAME, half)).isFalse();
        assertThat(RolloutSimulation.isKept(Truth.TWO_POINTS, half)).isFalse();
        assertThat(RolloutSimulation.isKept(Truth.HALF_A_POINT, half)).isTrue();
    }

    @Test
    void theTableHasARowForEachTruth() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean good = new RolloutSimulation(new PrintStream(bytes, true, StandardCharsets.UTF_8)).run(SEED, 1);

        assertThat(good).isTrue();
        assertThat(List.of(bytes.toString(StandardCharsets.UTF_8).split("\n"))).hasSize(Truth.values().length + 2);
    }
}
