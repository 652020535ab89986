package io.millrace.bench;

/** What the events of a benchmark are. */
enum StreamShape {
    /** The creation of as many tasks: every key is new, the worst case for state. */
    UNIQUE,
    /** The same, but a fifth of the events are duplicates of one of the ten thousand before. */
    DUPLICATES,
    /** Lives of tasks: created, updated twice, completed or deleted, some reopened; tens of thousands at a time. */
    LIFECYCLE
}
