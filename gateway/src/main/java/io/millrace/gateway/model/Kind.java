package io.millrace.gateway.model;

import java.util.Locale;

/** Things of which the model tells that they changed. */
public enum Kind {
    TASKS,
    REMINDERS,
    RUNS,
    APPROVALS,
    CONVERSATIONS;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** Whether each belongs to a person; others belong to a tenant. */
    public boolean isPersonal() {
        return this == TASKS || this == REMINDERS;
    }

    /** Null for a name of none. */
    public static Kind ofWireName(String name) {
        for (Kind kind : values()) {
            if (kind.wireName.equals(name)) {
                return kind;
            }
        }
        return null;
    }
}
