package io.millrace.logic.workflow;

import io.millrace.schema.rollout.HealthSignal;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.RunStatus;
import java.util.List;
import java.util.Map;

/** How runs went whose version a flag chose, for whoever rolls it out. */
final class VersionSignals {
    static final String TYPE = "health.signal";

    /** By that name roll-outs name these signals among their sources. */
    private static final String SOURCE = "workflows";

    private VersionSignals() {}

    /** Of a run that has ended, by itself. */
    static HealthSignal of(RunState run, Envelope envelope) {
        RunStarted.Choice choice = run.origin.choice();
        return new HealthSignal(
                envelope,
                choice.flag(),
                choice.variant(),
                SOURCE,
                1L,
                run.status == RunStatus.COMPLETED ? 0 : 1,
                Math.max(0, Math.min(HealthSignal.MAX_LATENCY_MS, run.endedAt - run.startedAt)),
                List.of(),
                Map.of(),
                null);
    }
}
