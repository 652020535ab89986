package io.millrace.schema.agent;

import io.millrace.schema.wire.Uuid5;
import java.util.UUID;

/**
 * The answer to a call: {@code agent.result}, version 1.
 *
 * @param eventId see {@link #idOf} and {@link #refusalIdOf}
 * @param occurredAt log time of the decision, milliseconds since the epoch
 * @param agent who was asked
 * @param answeredBy who answered; null when none did
 * @param output JSON text; only for {@link Status#OK} and {@link Status#DEGRADED}, else null
 * @param error null for {@link Status#OK}; of {@link Status#DEGRADED} and {@link Status#SKIPPED}, why
 * @param usage what this call used: nothing when it was given another call's answer
 * @param costMicros what this call cost, millionths of the currency
 * @param attempts how many were made for it, of all agents
 * @param cached whether it is another call's answer: one that was kept, or of an identical call in flight
 * @param queuedMs how long its attempts waited for their turn
 * @param agentMs how long its attempts took
 * @param totalMs from the call's log time to the decision
 * @param correlationId may be null, as {@code traceparent}
 */
public record AgentResult(
        UUID eventId,
        long occurredAt,
        String tenant,
        String callKey,
        String agent,
        String answeredBy,
        Status status,
        String output,
        AgentError error,
        Usage usage,
        long costMicros,
        int attempts,
        boolean cached,
        long queuedMs,
        long agentMs,
        long totalMs,
        String correlationId,
        String traceparent) {

    public static final int SCHEMA_VERSION = 1;
    public static final String TYPE = "agent.result";

    /** How a call ended. */
    public enum Status {
        OK,
        /** With the answer that the definition has for when no agent has one. */
        DEGRADED,
        /** Without an answer, which the definition allows. */
        SKIPPED,
        FAILED,
        TIMED_OUT,
        REFUSED
    }

    /**
     * Whether the call has no other result. One that was refused for want of an approval may come again under its key.
     */
    public boolean isFinal() {
        return error == null || error.code() != AgentErrorCode.APPROVAL_REQUIRED;
    }

    /**
     * The id of a result that is not final.
     *
     * @param call the id of the event that was refused
     */
    public static UUID refusalIdOf(UUID idempotencyKey, UUID call) {
        return Uuid5.of(idempotencyKey, "refused\u001f" + call);
    }

    /**
     * The id of the final result of the call with that idempotency key: of several results with it, the first in the
     * log counts.
     */
    public static UUID idOf(UUID idempotencyKey) {
        return Uuid5.of(idempotencyKey, "result");
    }
}
