package io.millrace.chaos.agent;

import java.time.Instant;

/**
 * One time that an agent was asked.
 *
 * @param agent its name
 * @param key the idempotency key, as it was sent
 * @param attempt as it was sent
 * @param number the input
 */
record Ask(AgentKind kind, String agent, String key, int attempt, int number, Instant at) {

    String attemptId() {
        return key + "#" + attempt;
    }

    @Override
    public String toString() {
        return agent + " was asked under " + attemptId() + " at " + at;
    }
}
