package io.millrace.jobs.agents;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;

/**
 * For how long the answer of an attempt is waited for, and whose limit that is.
 *
 * @param millis not above zero when nobody waits any longer
 * @param isDeadline whether the deadline of those who wait leaves the agent less time than it may take
 */
record AttemptLimit(long millis, boolean isDeadline) {
    /**
     * By which part of its timeout an agent is given less at most, and has taken too long all the same. A call that
     * names no deadline has one that leaves its last attempt the timeout less what was lost in queues: an agent that
     * hangs is found out by that.
     */
    private static final int LITTLE = 10;

    /** @param now milliseconds since the epoch */
    static AttemptLimit of(AgentAttempt attempt, long now) {
        long left = attempt.deadline() - now;
        int timeout = attempt.timeoutMs();
        return new AttemptLimit(Math.min(timeout, left), left <= 0 || left < timeout - timeout / LITTLE);
    }

    boolean isOver() {
        return millis <= 0;
    }

    /** What is wrong when it passes. */
    AgentError error() {
        return isDeadline
                ? new AgentError(AgentErrorCode.DEADLINE_PASSED, "the deadline passed before the agent answered")
                : new AgentError(AgentErrorCode.ATTEMPT_TIMED_OUT, "the agent took too long");
    }
}
