package io.millrace.schema.agent;

import java.util.Map;
import java.util.UUID;

/**
 * One accepted {@code agent.call}, version 1.
 *
 * @param occurredAt when it was made, milliseconds since the epoch
 * @param callKey the caller's idempotency key, unique per call within the tenant
 * @param agent the agent's name
 * @param input JSON text as the caller wrote it; {@code null} in JSON when the event has none
 * @param inputDigest SHA-256 of the input's canonical form, 64 hexadecimal digits
 * @param deadline milliseconds since the epoch; null when the event has none
 * @param timeoutMs from the call's log time; 0 when the event has none. At most one of the two is given
 * @param dependencies what the answer depends on besides the input: names and digests, sorted by name
 * @param replyTo topic of the result; null for the default
 * @param approval null when the event has none
 * @param correlationId may be null, as {@code traceparent}
 * @param replyKey key of the result's record; null for the call key
 */
public record AgentCall(
        UUID eventId,
        long occurredAt,
        String tenant,
        String callKey,
        String agent,
        String input,
        String inputDigest,
        Long deadline,
        int timeoutMs,
        CacheMode cache,
        Map<String, String> dependencies,
        String replyTo,
        Approval approval,
        String correlationId,
        String traceparent,
        String replyKey) {

    public static final int SCHEMA_VERSION = 1;
    public static final String TYPE = "agent.call";

    /** Of the input, as UTF-8 as it stands in the event. */
    public static final int MAX_INPUT_BYTES = 256 * 1024;
    /** The longest time from a call's log time to its deadline. */
    public static final int MAX_TIMEOUT_MS = 7 * 24 * 3600 * 1000;

    /** The same call of another agent. */
    public AgentCall of(String other) {
        return new AgentCall(
                eventId,
                occurredAt,
                tenant,
                callKey,
                other,
                input,
                inputDigest,
                deadline,
                timeoutMs,
                cache,
                dependencies,
                replyTo,
                approval,
                correlationId,
                traceparent,
                replyKey);
    }
}
