package io.millrace.simulation.rollout;

import io.millrace.schema.rollout.HealthCounted.Variant;
import java.util.List;

/** A way to decide about a roll-out, minute by minute. */
interface Rule {
    /** The steps of all of them: percentages, each held for so many minutes. */
    List<Integer> STEPS = List.of(5, 10, 25, 50, 75, 100);

    int MINUTES_OF_A_STEP = 120;

    /** How many of 100 get the new variant in the next minute. */
    int percent();

    /** What was told of a minute. */
    void take(int minute, Variant fresh, Variant old);

    boolean isRolledBack();

    /** Whether everybody has the new variant, with nothing left to compare with. */
    boolean isDone();
}
