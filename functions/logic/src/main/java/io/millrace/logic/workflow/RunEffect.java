package io.millrace.logic.workflow;

/** What became of an input of a run; each constant is a metric. */
public enum RunEffect {
    /** A run began. */
    STARTED,
    /** It did something for the run. */
    APPLIED,
    /** It came before, or nobody waits for it. */
    STALE,
    /** It said what a call cost that nobody waits for. */
    SETTLED,
    /** It is kept until the run wants it. */
    EARLY,
    /** It does not fit: a command in that state, a decision by somebody else. */
    REFUSED,
    /** There is no such run. */
    UNKNOWN_RUN,
    /** The definition is not here yet. */
    PARKED
}
