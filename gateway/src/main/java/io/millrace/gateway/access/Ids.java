package io.millrace.gateway.access;

/** What tenants, users and keys may be called. */
public final class Ids {
    private static final int MAX = 200;
    /** What is said of one that is not valid. */
    public static final String MUST = "must have 1 to " + MAX + " characters, and no control characters";

    private Ids() {}

    public static boolean isValid(String id) {
        return !id.isBlank() && id.length() <= MAX && id.chars().noneMatch(Character::isISOControl);
    }
}
