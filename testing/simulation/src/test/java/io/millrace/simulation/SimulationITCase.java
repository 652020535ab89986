package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Worlds that no run has seen before, for some seconds by day and a minute by night; a failure prints its seed. */
class SimulationITCase {
    /** Of processor time. Far below what any machine does: to notice when a step has become dear. */
    private static final double LEAST_STEPS_PER_MINUTE = 1e6;

    @Test
    void worldsOfFreshSeedsBreakNoLaw() {
        breakNoLaw(10);
    }

    @Test
    @Tag("nightly")
    void manyWorldsOfFreshSeedsBreakNoLaw() {
        breakNoLaw(60);
    }

    private static void breakNoLaw(long seconds) {
        SimulationRun run = new SimulationRun(new Simulation(), System.out);

        assertThat(run.forSeconds(new SecureRandom().nextInt(Integer.MAX_VALUE), seconds))
                .as("see the seed above")
                .isTrue();
        assertThat(run.stepsPerMinute()).isGreaterThan(LEAST_STEPS_PER_MINUTE);
    }
}
