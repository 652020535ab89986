package io.millrace.logic.agent;

/** What became of a call or an outcome; each is a metric. */
public enum CallEffect {
    /** A call began attempts. */
    STARTED,
    /** A call waits for the answer of an identical one in flight. */
    JOINED,
    /** A call was given a kept answer. */
    CACHE_HIT,
    /** A call was answered at once, without an answer of the agent: refused, or too late. */
    REFUSED,
    /** A call waits for the registration of its agent. */
    WAITING,
    /** A call that is in flight, or was answered, came again. */
    DUPLICATE,
    /** An outcome of the attempt under way. */
    SETTLED,
    /** An outcome that was read before its call could be. */
    EARLY,
    /** An outcome that nobody waits for. */
    STALE,
    /** Moments came. */
    WOKEN
}
