package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentCall;
import java.util.UUID;

/**
 * A call that waits for the answer of a flight.
 *
 * @param key its idempotency key
 * @param loggedAt log time of the call, milliseconds since the epoch
 * @param deadline when it is answered at the latest, milliseconds since the epoch
 * @param correlationId may be null, as {@code traceparent}
 * @param replyKey key of the result's record; null for the call key
 */
record Waiter(
        UUID key,
        String callKey,
        String replyTo,
        long loggedAt,
        long deadline,
        String correlationId,
        String traceparent,
        String replyKey) {

    static Waiter of(RoutedCall routed, UUID key, long deadline) {
        AgentCall call = routed.call();
        return new Waiter(
                key,
                call.callKey(),
                routed.replyTo(),
                routed.loggedAt(),
                deadline,
                call.correlationId(),
                call.traceparent(),
                call.replyKey());
    }

    /** The key of the record that answers it. */
    String recordKey() {
        return replyKey == null ? callKey : replyKey;
    }
}
