package io.millrace.operators.agent;

import io.millrace.logic.agent.RoutedCall;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcomeReader;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;

/**
 * What travels between the operators: one of a call, an attempt, an outcome; the others are null.
 *
 * @param loggedAt log time of an outcome, milliseconds since the epoch; else 0, as calls and attempts carry their own
 *     times
 */
public record AgentMessage(RoutedCall call, AgentAttempt attempt, AgentOutcome outcome, long loggedAt) {

    public static AgentMessage of(RoutedCall call) {
        return new AgentMessage(call, null, null, 0);
    }

    public static AgentMessage of(AgentAttempt attempt) {
        return new AgentMessage(null, attempt, null, 0);
    }

    public static AgentMessage of(AgentOutcome outcome, long loggedAt) {
        return new AgentMessage(null, null, outcome, loggedAt);
    }

    /** @throws RejectedEventException when the record holds no acceptable outcome */
    public static AgentMessage readOutcome(SourceRecord source) throws RejectedEventException {
        return of(AgentOutcomeReader.read(source), source.timestamp());
    }

    /** Whose call it is. */
    public String owner() {
        if (call != null) {
            return call.owner();
        }
        return attempt != null ? attempt.owner() : outcome.owner();
    }

    /** Who pays. */
    public String tenant() {
        if (call != null) {
            return call.call().tenant();
        }
        return attempt != null ? attempt.tenant() : outcome.tenant();
    }

    /** Who is called. */
    public String agent() {
        if (call != null) {
            return call.call().agent();
        }
        return attempt != null ? attempt.agent() : outcome.agent();
    }
}
