package io.millrace.logic.task;

import java.time.Duration;

/**
 * What the decisions depend on besides state and event. Changing one between two runs changes decisions from then on.
 *
 * @param dedupWindow for how long of log time an event id is remembered; positive
 * @param closedRetention for how long a closed task is remembered; at least the dedup window
 * @param unknownTaskWait for how long an event waits for the {@code task.created} of its task; positive
 */
public record TaskSettings(Duration dedupWindow, Duration closedRetention, Duration unknownTaskWait) {

    public static final TaskSettings DEFAULTS =
            new TaskSettings(Duration.ofHours(24), Duration.ofHours(24), Duration.ofMinutes(5));

    public TaskSettings {
        requirePositive("dedup-window", dedupWindow);
        requirePositive("unknown-task-wait", unknownTaskWait);
        if (closedRetention.compareTo(dedupWindow) < 0) {
            throw new IllegalArgumentException("closed-retention must be at least dedup-window");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive");
        }
    }
}
