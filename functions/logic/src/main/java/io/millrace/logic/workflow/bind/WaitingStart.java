package io.millrace.logic.workflow.bind;

import io.millrace.schema.workflow.WorkflowControl;
import io.millrace.schema.workflow.WorkflowSignal;
import io.millrace.schema.workflow.WorkflowStart;
import java.util.ArrayList;
import java.util.List;

/**
 * A start that waits for its definition, and what came for the run behind it.
 *
 * @param since log time of the start, milliseconds since the epoch
 * @param behind in the order of the log
 * @param until when it is refused, by this machine's clock, milliseconds since the epoch; 0 while it is not even known
 *     whether its definition is there
 */
public record WaitingStart(WorkflowStart start, long since, List<Behind> behind, long until) {
    /** What comes later goes ahead, and finds no run. */
    public static final int MAX_BEHIND = 100;

    /** One of the two. */
    public record Behind(WorkflowControl control, WorkflowSignal signal) {}

    /** A start of which nothing is known yet. */
    public static WaitingStart of(WorkflowStart start, long since) {
        return new WaitingStart(start, since, List.of(), 0);
    }

    public WaitingStart until(long time) {
        return new WaitingStart(start, since, behind, time);
    }

    public boolean isWaitingForDefinition() {
        return until != 0;
    }

    /** @return null when there is no more room */
    public WaitingStart with(Behind next) {
        if (behind.size() == MAX_BEHIND) {
            return null;
        }
        List<Behind> all = new ArrayList<>(behind);
        all.add(next);
        return new WaitingStart(start, since, all, until);
    }
}
