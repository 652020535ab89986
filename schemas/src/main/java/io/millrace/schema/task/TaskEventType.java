package io.millrace.schema.task;

/** The types of event on {@code task-events}. Order is part of the binary encoding: append only. */
public enum TaskEventType {
    CREATED("task.created"),
    UPDATED("task.updated"),
    COMPLETED("task.completed"),
    REOPENED("task.reopened"),
    DELETED("task.deleted"),
    SNOOZED("reminder.snoozed");

    private static final TaskEventType[] VALUES = values();

    private final String wireName;

    TaskEventType(String wireName) {
        this.wireName = wireName;
    }

    /** The value of {@code event_type}. */
    public String wireName() {
        return wireName;
    }

    /** The type of that wire name, or null when this build does not know it. */
    public static TaskEventType ofWireName(String wireName) {
        for (TaskEventType type : VALUES) {
            if (type.wireName.equals(wireName)) {
                return type;
            }
        }
        return null;
    }

    public static TaskEventType ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }
}
