package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.Usage;

/**
 * What attempts took.
 *
 * @param costMicros millionths of the currency
 * @param queuedMs how long they waited for their turn
 * @param agentMs how long the agents had them
 */
record Spent(int attempts, Usage usage, long costMicros, long queuedMs, long agentMs) {
    static final Spent NOTHING = new Spent(0, Usage.NONE, 0, 0, 0);

    Spent plusAttempt() {
        return new Spent(attempts + 1, usage, costMicros, queuedMs, agentMs);
    }

    Spent plus(AgentOutcome outcome) {
        return new Spent(
                attempts,
                usage.plus(outcome.usage()),
                sum(costMicros, outcome.costMicros()),
                sum(queuedMs, outcome.queuedMs()),
                sum(agentMs, Math.max(0, outcome.endedAt() - outcome.startedAt())));
    }

    /** What is more counts as much; neither is negative. */
    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
