package io.millrace.logic.slo;

import io.millrace.schema.slo.LagSampled;
import java.util.List;

/** A sample, and the objectives that count for it: at least one. */
public record LagInput(LagSampled sample, List<Objective> objectives) {

    public String key() {
        return sample.key();
    }
}
