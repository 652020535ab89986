package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import java.util.List;
import java.util.UUID;

/**
 * The work on one answer: attempts with the agent asked for, then with its fallbacks. Times are milliseconds since the
 * epoch.
 *
 * @param key idempotency key of the call that began it; attempts have their ids from it, also when that call is
 *     answered
 * @param id what tells it from other work under that key
 * @param approved digest of the agent's definition that the call that began it had an approval for; null without one
 * @param agent who is asked for
 * @param input JSON text
 * @param version by which its answer may be kept; null for not at all
 * @param dependencies names of what the answer depends on
 * @param chain who is asked, in turn; the first is {@code agent}
 * @param at who of the chain is asked now
 * @param number of the attempt with that one, from 1
 * @param repeats how often attempts with that one were made that do not count
 * @param retryAt when the next attempt is made; 0 while one is under way
 * @param previousError what was wrong with the answer before; null for none
 * @param ending how the last attempt ended; null before
 * @param error of the last attempt; null before
 * @param startedAt log time of the first attempt
 * @param spent on attempts, as far as no result has told it
 * @param correlationId of the call that began it; may be null, as {@code traceparent}
 */
record Flight(
        UUID key,
        String id,
        String approved,
        String tenant,
        String agent,
        String input,
        String version,
        List<String> dependencies,
        List<String> chain,
        int at,
        int number,
        int repeats,
        long retryAt,
        String previousError,
        Ending ending,
        AgentError error,
        long startedAt,
        Spent spent,
        String correlationId,
        String traceparent) {

    /** Who is asked now. */
    String asked() {
        return chain.get(at);
    }

    String idempotencyKey() {
        return CallKeys.idempotencyKey(key, agent, asked());
    }

    String attemptId() {
        return CallKeys.attemptId(idempotencyKey(), number, id, repeats);
    }

    /** Whether an outcome is that of the attempt under way. */
    boolean awaits(String attemptId) {
        return retryAt == 0 && attemptId().equals(attemptId);
    }

    /** The first attempt is under way. */
    Flight begun() {
        return with(at, 1, 0, 0, null, null, null, spent.plusAttempt());
    }

    /** The next attempt with who was asked before is under way; one that did not count is made again. */
    Flight again() {
        boolean counted = ending.counts();
        return with(
                at,
                counted ? number + 1 : number,
                counted ? repeats : repeats + 1,
                0,
                previousError,
                ending,
                error,
                spent.plusAttempt());
    }

    /** The first attempt with that member of the chain is under way. */
    Flight next(int newAt) {
        return with(newAt, 1, 0, 0, null, ending, error, spent.plusAttempt());
    }

    /** The attempt under way ended so. */
    Flight ended(Ending newEnding, AgentError newError) {
        boolean answered = newError != null && newError.code() == AgentErrorCode.OUTPUT_INVALID;
        String told = answered || newEnding == Ending.INVALID_ANSWER ? newError.message() : null;
        return with(at, number, repeats, retryAt, told, newEnding, newError, spent);
    }

    Flight withRetryAt(long time) {
        return with(at, number, repeats, time, previousError, ending, error, spent);
    }

    Flight withSpent(Spent newSpent) {
        return with(at, number, repeats, retryAt, previousError, ending, error, newSpent);
    }

    private Flight with(
            int newAt,
            int newNumber,
            int newRepeats,
            long newRetryAt,
            String newPreviousError,
            Ending newEnding,
            AgentError newError,
            Spent newSpent) {
        return new Flight(
                key,
                id,
                approved,
                tenant,
                agent,
                input,
                version,
                dependencies,
                chain,
                newAt,
                newNumber,
                newRepeats,
                newRetryAt,
                newPreviousError,
                newEnding,
                newError,
                startedAt,
                newSpent,
                correlationId,
                traceparent);
    }
}
