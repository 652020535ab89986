package io.millrace.auditor;

import io.millrace.schema.agent.AgentResult;
import java.util.UUID;

/**
 * A result.
 *
 * @param where its topic, partition and offset, for people
 * @param fingerprint of the whole record
 * @param errorCode null without an error
 */
record ResultRecord(
        String where,
        long logTime,
        UUID eventId,
        Fingerprint fingerprint,
        String agent,
        String answeredBy,
        AgentResult.Status status,
        String errorCode,
        boolean hasOutput,
        boolean cached,
        long costMicros,
        long tokens,
        int attempts) {

    /** Whether its call has no other; one that was refused for want of an approval may come again. */
    boolean isFinal() {
        return !"approval_required".equals(errorCode);
    }

    @Override
    public String toString() {
        return status + " " + eventId + " at " + where;
    }
}
