package io.millrace.schema.task;

/** How urgent a task is; {@link #P1} is the most urgent. Order is part of the binary encoding: append only. */
public enum Priority {
    P1,
    P2,
    P3,
    P4
}
