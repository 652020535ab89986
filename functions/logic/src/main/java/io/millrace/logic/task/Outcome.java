package io.millrace.logic.task;

/** What became of an event. */
public enum Outcome {
    /** It changed a task. */
    APPLIED,
    /** Accepted, and nothing changed. */
    NO_EFFECT,
    /** The announcement of an occurrence, read back. */
    RECOGNISED,
    /** Its id had been seen within the dedup window. */
    DUPLICATE,
    /** It waits for the {@code task.created} of its task. */
    WAITING,
    /** It became a dead letter. */
    REJECTED,
    /** Not an event, but a moment that came. */
    WOKEN
}
