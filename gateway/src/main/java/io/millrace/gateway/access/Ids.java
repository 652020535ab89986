package io.millrace.gateway.access;

/** What tenants, users and keys may be called. */
final class Ids {
    static final int MAX = 200;

    private Ids() {}

    static boolean isValid(String id) {
        return !id.isBlank() && id.length() <= MAX && id.chars().noneMatch(Character::isISOControl);
    }
}
