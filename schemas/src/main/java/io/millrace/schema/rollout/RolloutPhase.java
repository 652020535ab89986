package io.millrace.schema.rollout;

/** Where a roll-out is in its life. */
public enum RolloutPhase {
    /** It is defined, and has not begun. */
    PLANNED,
    /** It goes on by itself. */
    RUNNING,
    /** It stays where it is until somebody resumes it; it is still watched. */
    PAUSED,
    /** Everybody has the new variant whom the definition wants to have it. */
    COMPLETED,
    /** Nobody has the new variant any more. */
    ROLLED_BACK,
    /** The same, and it can't be started before somebody resumes it. */
    STOPPED,
    /** The flag was taken away. */
    ABORTED
}
