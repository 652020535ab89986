package io.millrace.logic.notification;

import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.notification.NotificationPreferences;

/**
 * What comes to a person: one of preferences, a note and an outcome.
 *
 * @param preferences null when they are taken away
 */
public record NotificationInput(
        Kind kind, String tenant, String userId, NotificationPreferences preferences, Note note, Outcome outcome) {

    /** Which of them it is. Order is part of the binary encoding: append only. */
    public enum Kind {
        PREFERENCES,
        NOTE,
        OUTCOME
    }

    /**
     * What became of a call.
     *
     * @param code why it failed; null when it did not, as {@code reason}
     * @param endedAt milliseconds since the epoch
     */
    public record Outcome(
            String callKey, AgentResult.Status status, int attempts, String code, String reason, long endedAt) {}

    public static NotificationInput of(NotificationPreferences preferences) {
        return new NotificationInput(
                Kind.PREFERENCES, preferences.envelope().tenant(), preferences.userId(), preferences, null, null);
    }

    public static NotificationInput withoutPreferences(String tenant, String userId) {
        return new NotificationInput(Kind.PREFERENCES, tenant, userId, null, null, null);
    }

    public static NotificationInput of(String tenant, String userId, Note note) {
        return new NotificationInput(Kind.NOTE, tenant, userId, null, note, null);
    }

    /** @param userId who was to be told */
    public static NotificationInput of(String userId, AgentResult result) {
        Outcome outcome = new Outcome(
                result.callKey(),
                result.status(),
                result.attempts(),
                result.error() == null ? null : result.error().code().wireName(),
                result.error() == null ? null : result.error().message(),
                result.occurredAt());
        return new NotificationInput(Kind.OUTCOME, result.tenant(), userId, null, null, outcome);
    }

    /** The key of the person. Ids have no control characters. */
    public String person() {
        return tenant + '\n' + userId;
    }
}
