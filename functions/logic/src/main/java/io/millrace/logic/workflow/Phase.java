package io.millrace.logic.workflow;

/** What a step is doing. Order is part of the encoding of runs: append only. */
enum Phase {
    /** It is about to begin. */
    ENTER,
    /** Steps inside it are doing something. */
    BODY,
    /** An error of its was caught, and the steps for that are doing something. */
    HANDLER,
    /** It waits for what {@link Frame#token} names, or for a time. */
    WAITING,
    /** It waits until it is tried again. */
    BACKOFF,
    /** Its next round, or its next attempt, is about to begin. */
    NEXT,
    /** What it needed was approved. */
    GRANTED,
    /** It is about to fail. */
    FAULTED,
    /** It has a result, and is about to end. */
    DONE,
    /** It failed, and with it the run. */
    FAILED,
    /** It waited for something when the run failed elsewhere. */
    STOPPED
}
