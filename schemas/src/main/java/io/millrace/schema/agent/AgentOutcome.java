package io.millrace.schema.agent;

import io.millrace.schema.wire.Uuid5;
import java.util.UUID;

/**
 * What became of one attempt: {@code agent.outcome}, version 1.
 *
 * @param owner key of the call's owner
 * @param output JSON text; only for {@link Status#OK}, else null
 * @param error null for {@link Status#OK}
 * @param retryAfterMs how long the agent asks to be left alone; 0 when it does not say
 * @param costMicros what it cost, millionths of the currency
 * @param startedAt when the agent was called, by the wall clock, milliseconds since the epoch; as {@code endedAt} when
 *     it was not
 * @param endedAt when the outcome was known
 * @param queuedMs from the decision to make it until it started
 * @param correlationId may be null, as {@code traceparent}
 */
public record AgentOutcome(
        String attemptId,
        String owner,
        String tenant,
        String agent,
        Status status,
        String output,
        AgentError error,
        long retryAfterMs,
        Usage usage,
        long costMicros,
        long startedAt,
        long endedAt,
        long queuedMs,
        String correlationId,
        String traceparent) {

    public static final int SCHEMA_VERSION = 1;
    public static final String TYPE = "agent.outcome";
    /** Of the output, in UTF-8. A larger one is the failure {@link AgentErrorCode#OUTPUT_TOO_LARGE}. */
    public static final int MAX_OUTPUT_BYTES = 256 * 1024;

    static final long MAX_RETRY_AFTER_MS = 30L * 86_400_000;

    /** An attempt may be made again from a savepoint of any age: a hundred years. */
    static final long MAX_QUEUED_MS = 36_525L * 86_400_000;

    private static final UUID NAMESPACE = Uuid5.of(new UUID(0, 0), TYPE);

    /** How an attempt ended. Order is part of the binary encoding: append only. */
    public enum Status {
        OK,
        /** Failed, and may succeed later. */
        RETRYABLE,
        /** Failed, and would fail again. */
        FAILED,
        /** Took longer than it may. */
        TIMED_OUT,
        /** Was not made, and will not be. */
        REFUSED;

        private static final Status[] VALUES = values();

        static Status ofOrdinal(int ordinal) {
            return VALUES[ordinal];
        }
    }

    /** The same for every outcome of an attempt, should it be made again after a crash: the first in the log counts. */
    public UUID eventId() {
        return Uuid5.of(NAMESPACE, attemptId);
    }

    /** The outcome of an attempt that was not made, or whose end nobody waited for. */
    public static AgentOutcome without(
            AgentAttempt attempt, Status status, AgentError error, long retryAfter, long now) {
        return new AgentOutcome(
                attempt.attemptId(),
                attempt.owner(),
                attempt.tenant(),
                attempt.agent(),
                status,
                null,
                error,
                retryAfter,
                Usage.NONE,
                0,
                now,
                now,
                Math.max(0, now - attempt.issuedAt()),
                attempt.correlationId(),
                attempt.traceparent());
    }
}
