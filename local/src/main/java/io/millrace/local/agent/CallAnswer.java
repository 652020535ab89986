package io.millrace.local.agent;

import io.millrace.local.topic.Rejection;
import io.millrace.schema.agent.AgentResult;

/**
 * What became of a call: one of the two.
 *
 * @param result null when the call was refused by a dead letter
 * @param json the result as it was written; null likewise
 * @param rejection null when there is a result
 */
public record CallAnswer(AgentResult result, byte[] json, Rejection rejection) {}
