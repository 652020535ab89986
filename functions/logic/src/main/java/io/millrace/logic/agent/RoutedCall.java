package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentCall;

/**
 * A call on its way to its owner.
 *
 * @param owner the key of state and order
 * @param sharedVersion the version of the agent by which it may share an answer with others; null when it shares none
 * @param loggedAt log time of the call, milliseconds since the epoch
 * @param replyTo topic of the result, never null
 */
public record RoutedCall(AgentCall call, String owner, String sharedVersion, long loggedAt, String replyTo) {

    /** The same on its way with another call. */
    RoutedCall of(AgentCall other) {
        return other == call ? this : new RoutedCall(other, owner, sharedVersion, loggedAt, replyTo);
    }

    /** Its log time; {@code now}, the time of its decision, when it is stamped with a later one. */
    long loggedBy(long now) {
        return Math.min(loggedAt, now);
    }
}
