package io.millrace.operations.flink;

import java.time.Instant;

/**
 * One job as the cluster lists it.
 *
 * @param state Flink's name of the state, such as {@code RUNNING}
 * @param start when this run of the job began
 * @param tasks how many parallel tasks it has; 0 before they are known
 * @param running how many of them run, with their state restored
 */
public record JobOverview(String id, String name, String state, Instant start, int tasks, int running) {

    /** Runs with every task up, so its state has been restored. */
    public boolean isFullyRunning() {
        return state.equals("RUNNING") && tasks > 0 && running == tasks;
    }

    /** Has ended and will not come back by itself. */
    public boolean isEnded() {
        return state.equals("FINISHED")
                || state.equals("CANCELED")
                || state.equals("FAILED")
                || state.equals("SUSPENDED");
    }
}
