package io.millrace.gateway.model;

/**
 * What came of an event.
 *
 * @param code why it was refused, as {@code error_code} of its dead letter; null when it was accepted
 * @param message why it was refused, for people; null when it was accepted
 */
public record Outcome(String code, String message) {
    public static final Outcome ACCEPTED = new Outcome(null, null);

    public boolean isRefused() {
        return code != null;
    }
}
