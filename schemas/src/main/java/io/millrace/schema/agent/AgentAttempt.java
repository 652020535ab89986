package io.millrace.schema.agent;

import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;

/**
 * One physical call of an agent, on its way through the gates to the transport.
 *
 * @param attemptId the idempotency key, {@code #}, the number of the attempt, and what tells it from others of that
 *     number
 * @param idempotencyKey what the agent is to know repeated attempts by; the same for all of them, and after a crash
 * @param owner key of the call's owner, where its outcome goes
 * @param agent who is called: the agent asked for, or one of its fallbacks
 * @param version of its definition
 * @param number of the attempt with this agent, from 1
 * @param input JSON text
 * @param previousError what was wrong with the answer to the attempt before; null for none
 * @param model by which its usage is priced; may be null
 * @param timeoutMs from when it starts
 * @param deadline when nobody waits for it any longer, milliseconds since the epoch
 * @param estimate what it is reckoned to use until its outcome is known
 * @param estimatedMicros what it is reckoned to cost, millionths of the currency
 * @param rate how much the agent is given to do, by its definition
 * @param budget what the agent may cost, by its definition
 * @param issuedAt log time of the decision to make it, milliseconds since the epoch
 * @param correlationId may be null, as {@code traceparent}
 */
public record AgentAttempt(
        String attemptId,
        String idempotencyKey,
        String owner,
        String tenant,
        String agent,
        String version,
        int number,
        String input,
        String previousError,
        Transport transport,
        String model,
        int timeoutMs,
        long deadline,
        Usage estimate,
        long estimatedMicros,
        Rate rate,
        Budget budget,
        long issuedAt,
        String correlationId,
        String traceparent) {

    /** How large the input is, as characters of two bytes. */
    public long inputBytes() {
        return 2L * input.length();
    }

    /** The same, as a part of another span of its trace. */
    public AgentAttempt withTraceparent(String newTraceparent) {
        return new AgentAttempt(
                attemptId,
                idempotencyKey,
                owner,
                tenant,
                agent,
                version,
                number,
                input,
                previousError,
                transport,
                model,
                timeoutMs,
                deadline,
                estimate,
                estimatedMicros,
                rate,
                budget,
                issuedAt,
                correlationId,
                newTraceparent);
    }
}
