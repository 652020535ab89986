package io.millrace.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** A minute in worlds that no run has seen before; a failure prints its seed. */
class SimulationITCase {
    private static final long SECONDS = 60;

    /** Of processor time. Far below what any machine does: to notice when a step has become dear. */
    private static final double LEAST_STEPS_PER_MINUTE = 1e6;

    @Test
    void worldsOfFreshSeedsBreakNoLaw() {
        SimulationRun run = new SimulationRun(new Simulation(), System.out);

        assertThat(run.forSeconds(new SecureRandom().nextInt(Integer.MAX_VALUE), SECONDS))
                .as("see the seed above")
                .isTrue();
        assertThat(run.stepsPerMinute()).isGreaterThan(LEAST_STEPS_PER_MINUTE);
    }
}
