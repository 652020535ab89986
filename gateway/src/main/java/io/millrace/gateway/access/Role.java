package io.millrace.gateway.access;

import java.util.Locale;

/** What a caller may do, always within its tenant, but for {@link #PLATFORM}. */
public enum Role {
    /** A person: their own tasks and reminders, and the approvals that name them. */
    USER,
    /** A person who also decides what anybody may decide. */
    APPROVER,
    /** A person who answers customers: conversations. */
    DESK,
    /** Whoever runs the tenant, or acts for its people: everybody's tasks, approvals and conversations, and runs. */
    OPERATOR,
    /** Whoever runs the platform: dead letters, consumer groups. Nothing of a tenant, but what dead letters hold. */
    PLATFORM;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    public String wireName() {
        return wireName;
    }

    /** Null for a name of none. */
    static Role ofWireName(String name) {
        for (Role role : values()) {
            if (role.wireName.equals(name)) {
                return role;
            }
        }
        return null;
    }
}
