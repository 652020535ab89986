package io.millrace.connectors.agents.java;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.CallHeaders;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.Usage;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What an agent in this process is asked, and what it may use to answer. Thread-safe. */
public final class AgentRequest {
    private final AgentAttempt attempt;
    private final AgentTransports transports;
    private final Instant deadline;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<Usage> usage = new AtomicReference<>(Usage.NONE);
    private volatile boolean unmetered;

    /** @param transports by which others can be asked */
    public AgentRequest(AgentAttempt attempt, AgentTransports transports) {
        this.attempt = attempt;
        this.transports = transports;
        this.deadline = Instant.ofEpochMilli(CallHeaders.deadline(attempt, System.currentTimeMillis()));
    }

    public String tenant() {
        return attempt.tenant();
    }

    public String agent() {
        return attempt.agent();
    }

    /** JSON text. */
    public String input() {
        return attempt.input();
    }

    /** The object {@code transport} of the agent's definition, as JSON text. */
    public String settings() {
        return attempt.transport().settings();
    }

    /** The same for every attempt of the call, also after a crash. */
    public String idempotencyKey() {
        return attempt.idempotencyKey();
    }

    /** From 1. */
    public int attempt() {
        return attempt.number();
    }

    /** After which nobody wants the answer. */
    public Instant deadline() {
        return deadline;
    }

    /** What was wrong with the answer to the attempt before; null for none. */
    public String previousError() {
        return attempt.previousError();
    }

    /** May be null. */
    public String correlationId() {
        return attempt.correlationId();
    }

    /** May be null. */
    public String traceparent() {
        return attempt.traceparent();
    }

    /** Whether the job is told how to reach agents of the kind, such as {@code llm}. */
    public boolean canAsk(String kind) {
        return transports.reaches(kind);
    }

    /**
     * Asks another agent, until the same deadline: then the request is given up. What it uses counts as used by this
     * one. Its idempotency key is this request's and how many were asked before: an agent that asks in the same order
     * asks under the same keys.
     *
     * @param transport how it is reached, as in a definition
     * @param input JSON text
     * @return never fails; cancelling it gives up the request
     */
    public CompletableFuture<AgentAnswer> ask(Transport transport, String input) {
        String suffix = "/" + asked.incrementAndGet();
        long now = System.currentTimeMillis();
        CompletableFuture<AgentAnswer> asking = transports.call(new AgentAttempt(
                attempt.attemptId() + suffix,
                attempt.idempotencyKey() + suffix,
                attempt.owner(),
                attempt.tenant(),
                attempt.agent(),
                attempt.version(),
                attempt.number(),
                input,
                attempt.previousError(),
                transport,
                attempt.model(),
                (int) Math.max(1, deadline.toEpochMilli() - now),
                attempt.deadline(),
                attempt.estimate(),
                attempt.estimatedMicros(),
                attempt.rate(),
                attempt.budget(),
                attempt.issuedAt(),
                attempt.correlationId(),
                attempt.traceparent()));
        AnswerFuture answer = new AnswerFuture();
        answer.then(
                asking,
                result -> {
                    used(result.usage());
                    if (result.unmetered()) {
                        unmetered = true;
                    }
                    answer.complete(result);
                },
                failure -> AgentAnswer.retryable(AgentErrorCode.UNREACHABLE, "the call was given up"));
        return answer;
    }

    /** Adds to what the attempt has used. */
    public void used(Usage more) {
        usage.accumulateAndGet(more, Usage::plus);
    }

    Usage usage() {
        return usage.get();
    }

    /** Null when nothing is known of what was used by others that were asked. */
    Usage knownUsage() {
        Usage known = usage.get();
        return unmetered && known.equals(Usage.NONE) ? null : known;
    }
}
