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
 */
public record WaitingStart(WorkflowStart start, long since, List<Behind> behind) {
    /** What comes later goes ahead, and finds no run. */
    public static final int MAX_BEHIND = 100;

    /** One of the two. */
    public record Behind(WorkflowControl control, WorkflowSignal signal) {}

    /** @return null when there is no more room */
    public WaitingStart with(Behind next) {
        if (behind.size() == MAX_BEHIND) {
            return null;
        }
        List<Behind> all = new ArrayList<>(behind);
        all.add(next);
        return new WaitingStart(start, since, all);
    }
}
