package io.millrace.schema.wire;

/** The names of the topics, unless configured otherwise. */
public final class Topics {
    public static final String TASK_EVENTS = "task-events";
    public static final String REMINDERS = "reminders";
    public static final String TASK_UPDATES = "task-updates";
    public static final String DEAD_LETTER_SUFFIX = "-dlq";
    public static final String TASK_EVENTS_DLQ = TASK_EVENTS + DEAD_LETTER_SUFFIX;

    private Topics() {}
}
