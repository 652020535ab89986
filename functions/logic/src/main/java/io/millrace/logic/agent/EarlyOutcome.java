package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentOutcome;

/**
 * An outcome that was read before its call, as may be after a restore: taken when the log was read up to it.
 *
 * @param loggedAt log time of the outcome, milliseconds since the epoch
 */
public record EarlyOutcome(AgentOutcome outcome, long loggedAt) {}
