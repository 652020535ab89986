package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the simulation is the same for the same seed, and that it finds bugs. */
@Timeout(120)
class SimulationTest {
    /** A defect is to be found within so many worlds; most are within ten. */
    private static final int WORLDS = 3_000;

    private static final int FIXED_SEEDS = 300;

    @Test
    void worldsOfFixedSeedsBreakNoLaw() {
        Simulation simulation = new Simulation();
        for (int seed = 1; seed <= FIXED_SEEDS; seed++) {
            assertThat(simulation.run(seed).failure()).as("seed " + seed).isNull();
        }
    }

    @Test
    void theSameSeedTakesTheSameSteps() {
        for (int seed = 1; seed <= 100; seed++) {
            Simulation.Result first = new Simulation().run(seed);

            assertThat(new Simulation().run(seed)).isEqualTo(first);
            assertThat(new Simulation().run(seed + 1_000).hash()).isNotEqualTo(first.hash());
        }
    }

    @ParameterizedTest
    @EnumSource(Defect.class)
    void aJobWithADefectBreaksALaw(Defect defect) {
        Simulation simulation = new Simulation(defect::make);

        long seed = firstFailure(simulation);

        System.out.printf(
                "%s: %s, seed %d%n", defect, simulation.run(seed).failure().law(), seed);
    }

    @Test
    void aFailureIsToldWithTheWayThereAndFoundAgainByItsSeed() {
        Simulation simulation = new Simulation(Defect.FORGETS_A_TIMER_ON_RESTORE::make);
        long seed = firstFailure(simulation);

        String first = told(simulation, seed);

        assertThat(first)
                .contains("seed " + seed + ", step ")
                .contains("broken is")
                .contains("job crashes")
                .contains("./millrace simulate --seed " + seed);
        assertThat(told(simulation, seed)).isEqualTo(first);
        assertThat(simulation.explain(seed).step())
                .isLessThanOrEqualTo(simulation.run(seed).steps());
    }

    private static String told(Simulation simulation, long seed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean good = new SimulationRun(simulation, new PrintStream(bytes, true, StandardCharsets.UTF_8)).only(seed);
        assertThat(good).isFalse();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static long firstFailure(Simulation simulation) {
        for (int seed = 1; seed <= WORLDS; seed++) {
            if (!simulation.run(seed).isGood()) {
                return seed;
            }
        }
        throw new AssertionError("not found in " + WORLDS + " worlds");
    }
}
