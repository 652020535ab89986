package io.millrace.chaos;

import java.util.Locale;

/** What can be done to the cluster, or to its clients. */
enum FaultKind {
    /** SIGKILL to the broker; it is started again. */
    BROKER_KILL,
    /** SIGSTOP to the broker, then SIGCONT. */
    BROKER_PAUSE,
    /** The broker is stopped and started again. */
    BROKER_RESTART,
    /** SIGKILL to the JobManager; it is started again, and the job from its newest checkpoint. */
    JOBMANAGER_KILL,
    JOBMANAGER_PAUSE,
    /** SIGKILL to a TaskManager, or both; started again. */
    TASKMANAGER_KILL,
    TASKMANAGER_PAUSE,
    /** No room where checkpoints are written. */
    CHECKPOINTS_FULL,
    /** What is written there waits for most of the time. */
    CHECKPOINTS_SLOW,
    /** The clock of the client that publishes is wrong. */
    CLOCK_JUMP,
    /** Stopped with a savepoint, and started from it with another parallelism. */
    RESCALE,
    /**
     * Stopped with a savepoint; started from it when what is due is overdue, and events that came meanwhile are unread.
     */
    DOWNTIME;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
