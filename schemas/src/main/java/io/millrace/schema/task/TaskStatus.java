package io.millrace.schema.task;

import java.util.Locale;

/** Where a task stands. Order is part of the binary encoding: append only. */
public enum TaskStatus {
    OPEN,
    COMPLETED,
    /** An occurrence that was closed because a later one took its place. */
    SKIPPED,
    DELETED;

    private static final TaskStatus[] VALUES = values();

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The value of {@code status}. */
    public String wireName() {
        return wireName;
    }

    public static TaskStatus ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }
}
