package io.millrace.logic.workflow;

/**
 * The bounds of a run. What goes beyond is an error of the run that says so.
 *
 * @param dataBytes of one value, as JSON
 * @param dataDepth how many objects and lists may stand in each other; events are read to a depth of 32
 * @param stateBytes of all values that a run holds
 * @param frames steps at the same time
 * @param slice how much is done at once: a step, a kilobyte of data, or 500 steps of an expression is one
 * @param steps how many may be done without waiting for anything
 * @param calls of agents, approvals, other runs and events, in the whole run
 * @param kept signals, decisions and inputs that came early, of each
 * @param owed calls whose costs may still come
 * @param told steps that are told of one by one; of more only those that wait or fail
 * @param keptMillis for how long a run is known after its end
 * @param approvalMillis how long an approval may take
 */
public record RunLimits(
        int dataBytes,
        int dataDepth,
        int stateBytes,
        int frames,
        int slice,
        int steps,
        int calls,
        int kept,
        int owed,
        int told,
        long keptMillis,
        long approvalMillis) {
    private static final long DAY = 24L * 3_600 * 1_000;

    public static final RunLimits DEFAULT = new RunLimits(
            256 * 1024, 28, 4 * 1024 * 1024, 1_000, 2_000, 20_000_000, 100_000, 100, 10_000, 10_000, 8 * DAY, 30 * DAY);
}
