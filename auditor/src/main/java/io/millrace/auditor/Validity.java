package io.millrace.auditor;

/** What docs/tasks.md says of the bytes of an event, before any task is looked at. */
enum Validity {
    GOOD,
    BAD,
    /** The contract leaves it open, or the auditor does not model it: the job's own answer counts. */
    EITHER
}
