package io.millrace.auditor;

import java.util.UUID;

/**
 * The outcome of an attempt.
 *
 * @param where its topic, partition and offset, for people
 * @param key the idempotency key of the call that it was made for
 * @param fallback who was asked instead of the agent called; null when nobody was
 * @param number of the attempt, from 1
 * @param agent who was asked
 * @param owner key of whoever remembers the call
 * @param startedAt by the wall clock of the job, epoch milliseconds
 */
record OutcomeRecord(
        String where,
        long logTime,
        String attemptId,
        UUID key,
        String fallback,
        int number,
        String tenant,
        String agent,
        String owner,
        long costMicros,
        long startedAt) {

    @Override
    public String toString() {
        return "outcome of " + attemptId + " at " + where;
    }
}
