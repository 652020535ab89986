package io.millrace.testing.audit;

/** What can be wrong with a history. */
public enum OffenceKind {
    /** A reminder or an update that should be there by now is not. */
    LOST,
    /** A reminder sent under two ids, or again under the same id though nothing crashed. */
    TWICE,
    /** A reminder in the log before its moment, by the broker's clock. */
    EARLY,
    /** A record that should not be there, or says something that is not so. */
    WRONG,
    /** Updates of a task whose versions do not follow each other. */
    ORDER,
    /** A bad record without its dead letter, a good one with one, or a dead letter that is not what was received. */
    DLQ
}
