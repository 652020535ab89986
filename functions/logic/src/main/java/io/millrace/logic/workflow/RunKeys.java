package io.millrace.logic.workflow;

import io.millrace.schema.wire.Uuid5;
import java.util.UUID;

/** The ids that follow from what a step does: where it stands, in which round, and how often the run was tried again. */
final class RunKeys {
    /** No id has a control character. */
    private static final char SEPARATOR = '\u001f';

    private static final UUID RUNS = Uuid5.of(new UUID(0, 0), "workflow.run");

    private RunKeys() {}

    /** @param purpose tells several ids of one step apart */
    static UUID ofStep(RunState run, Frame frame, String purpose) {
        return of(run.origin, purpose + SEPARATOR + frame.pointer + SEPARATOR + frame.path + SEPARATOR + run.epoch);
    }

    static UUID of(RunOrigin origin, String meaning) {
        return of(origin.tenant(), origin.runId(), meaning);
    }

    static UUID of(String tenant, String runId, String meaning) {
        return Uuid5.of(RUNS, tenant + SEPARATOR + runId + SEPARATOR + meaning);
    }

    /** A number from 0 to below 1 that follows from an id: neither a replay nor another step has another one. */
    static double fraction(UUID id) {
        // The two highest bits are those of the variant, the same in every UUID.
        return (id.getLeastSignificantBits() << 2 >>> 11) * 0x1.0p-53;
    }
}
