package io.millrace.logic.analytics;

import io.millrace.schema.agent.AgentResult;
import java.util.UUID;

/**
 * What figures need of a result, which may be large.
 *
 * @param at milliseconds since the epoch
 * @param answeredBy empty when nobody did
 * @param isFinal false for one that asks for an approval
 */
public record CallResult(
        UUID eventId,
        long at,
        String tenant,
        String callKey,
        String agent,
        String answeredBy,
        AgentResult.Status status,
        boolean isFinal,
        long inputTokens,
        long outputTokens,
        long costMicros,
        long attempts,
        boolean cached,
        long totalMs) {

    public static CallResult of(AgentResult result) {
        return new CallResult(
                result.eventId(),
                result.occurredAt(),
                result.tenant(),
                result.callKey(),
                result.agent(),
                result.answeredBy() == null ? "" : result.answeredBy(),
                result.status(),
                result.isFinal(),
                result.usage().inputTokens(),
                result.usage().outputTokens(),
                result.costMicros(),
                result.attempts(),
                result.cached(),
                result.totalMs());
    }

    /** The key of the call. Ids have no control characters. */
    public String call() {
        return tenant + '\n' + callKey;
    }
}
