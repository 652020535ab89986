package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentResult;

/** Something to be done as a consequence of a decision about a call, in the order given. */
public sealed interface CallCommand {

    /** Make an attempt, by way of the gates. */
    record Attempt(AgentAttempt attempt) implements CallCommand {}

    /**
     * Publish the result of a call.
     *
     * @param key of its record
     */
    record Answer(AgentResult result, String replyTo, String key) implements CallCommand {}
}
