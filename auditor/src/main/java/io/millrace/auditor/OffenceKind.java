package io.millrace.auditor;

/** What can be wrong with a history. */
public enum OffenceKind {
    /** A reminder, an update or a result that should be there by now is not, or a result came too late. */
    LOST,
    /**
     * A reminder sent under two ids; or that, a result or an outcome again under the same id though nothing crashed.
     */
    TWICE,
    /** A reminder in the log before its moment, or a call timed out before its deadline, by the broker's clock. */
    EARLY,
    /** A record that should not be there, or says something that is not so. */
    WRONG,
    /** Updates of a task whose versions do not follow each other. */
    ORDER,
    /** A bad record without its dead letter, a good one with one, or a dead letter that is not what was received. */
    DLQ,
    /** A tenant or an agent cost more than its budget. */
    OVERSPENT
}
