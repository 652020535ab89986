package io.millrace.auditor;

import java.time.Instant;
import java.util.UUID;

/**
 * A record of the topic of calls. What follows {@code reason} is null or zero when the call is bad.
 *
 * @param logTime when the broker appended it, epoch milliseconds
 * @param eventId null also when it is derived from the envelope
 * @param content of all that decides about the answer: calls with one key and another content may both be answered
 * @param deadline that the call itself gives, epoch milliseconds; null when it gives none
 * @param shares whether it may be given another call's answer
 * @param repliesElsewhere whether it names a topic of its own for the result
 * @param ordinal how many calls of its tenant were read before
 */
record CallRecord(
        Position position,
        long logTime,
        Fingerprint fingerprint,
        Validity validity,
        String reason,
        UUID eventId,
        String tenant,
        String callKey,
        String agent,
        long content,
        Long deadline,
        boolean shares,
        boolean repliesElsewhere,
        long ordinal)
        implements Original {

    static CallRecord bad(Position position, long logTime, Fingerprint fingerprint, Verdict verdict) {
        return new CallRecord(
                position,
                logTime,
                fingerprint,
                Validity.BAD,
                verdict.reason(),
                null,
                null,
                null,
                null,
                0,
                null,
                false,
                false,
                0);
    }

    CallRecord counted(long newOrdinal) {
        return new CallRecord(
                position,
                logTime,
                fingerprint,
                validity,
                reason,
                eventId,
                tenant,
                callKey,
                agent,
                content,
                deadline,
                shares,
                repliesElsewhere,
                newOrdinal);
    }

    boolean isBad() {
        return validity == Validity.BAD;
    }

    @Override
    public String subject() {
        return callKey == null ? "record " + position : tenant + "/" + callKey;
    }

    @Override
    public String toString() {
        String what = agent == null ? "a record" : "call of " + agent;
        return what + " at " + position + ", log time " + Instant.ofEpochMilli(logTime);
    }
}
