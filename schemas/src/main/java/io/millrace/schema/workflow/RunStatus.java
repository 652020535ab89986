package io.millrace.schema.workflow;

/** Where a run is in its life. */
public enum RunStatus {
    /** It has something to do. */
    RUNNING,
    /** For an answer, an approval, a time, a signal or another run. */
    WAITING,
    SUSPENDED,
    COMPLETED,
    FAILED,
    CANCELLED,
    /** It was never begun. */
    REFUSED;

    /** Whether nothing comes any more, unless somebody has it tried again. */
    public boolean isEnded() {
        return compareTo(COMPLETED) >= 0;
    }
}
