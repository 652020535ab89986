package io.millrace.schema.rollout;

/**
 * The flags that the platform itself obeys. Each is a boolean; its targeting may ask for the {@code tenant}, that of {@link #STOP}
 * also for the {@code agent}. docs/safety.md says what each does.
 */
public enum SafetyFlag {
    /** Agents are not asked: calls wait, up to their deadlines. */
    STOP("stop"),
    /** The gateway takes no writes. */
    READ_ONLY("read-only"),
    /** The gateway answers nothing but how it is. */
    MAINTENANCE("maintenance");

    private static final String PREFIX = "millrace-";

    private final String shortName;

    SafetyFlag(String shortName) {
        this.shortName = shortName;
    }

    /** The key on the topic of flags. */
    public String key() {
        return PREFIX + shortName;
    }

    /** As people say it. */
    public String shortName() {
        return shortName;
    }
}
