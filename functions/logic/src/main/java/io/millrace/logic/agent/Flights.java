package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.RegisteredAgent;
import io.millrace.logic.agent.schema.CheckAllowance;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentDefinition.Fallback;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.agent.Risk;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** The work on an answer: which attempt is made, and what follows on its end. */
final class Flights {
    private final PriceTable prices;
    private final Answers answers;

    Flights(PriceTable prices, Answers answers) {
        this.prices = prices;
        this.answers = answers;
    }

    /**
     * Makes the first attempt; the call waits already.
     *
     * @param key idempotency key of the call
     * @param approved digest of the definition that the call is approved for; null when it needs no approval
     * @param version by which its answer may be kept; null for not at all
     */
    void begin(CallChange change, RoutedCall routed, UUID key, String approved, String version, long now) {
        AgentCall call = routed.call();
        Flight flight = new Flight(
                key,
                CallKeys.flightId(change.owner(), routed.loggedAt()),
                approved,
                call.tenant(),
                call.agent(),
                call.input(),
                version,
                List.copyOf(call.dependencies().keySet()),
                change.registry().chain(call.agent()),
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                now,
                Spent.NOTHING,
                call.correlationId(),
                call.traceparent());
        attempt(change, flight.begun(), now);
    }

    /** Makes the attempt that the flight is under. */
    private void attempt(CallChange change, Flight flight, long now) {
        AgentDefinition agent = change.registry().definition(flight.asked());
        change.flight(flight);
        change.command(new CallCommand.Attempt(new AgentAttempt(
                flight.attemptId(),
                flight.idempotencyKey(),
                change.owner(),
                flight.tenant(),
                agent.agent(),
                agent.version(),
                flight.number(),
                flight.input(),
                flight.previousError(),
                agent.transport(),
                agent.model(),
                agent.timeoutMs(),
                lastDeadline(change),
                agent.estimate(),
                prices.cost(agent.model(), agent.estimate()),
                agent.rate(),
                agent.budget(),
                now,
                flight.correlationId(),
                flight.traceparent())));
    }

    private static long lastDeadline(CallChange change) {
        long last = 0;
        for (Waiter waiter : change.state().waiters()) {
            last = Math.max(last, waiter.deadline());
        }
        return last;
    }

    /** The wait before an attempt is over. */
    void retry(CallChange change, long now) {
        Flight flight = change.state().flight();
        RegisteredAgent agent = change.registry().find(flight.asked());
        if (agent == null || agent.needsApproval() && !isApproved(flight, agent)) {
            ask(change, flight, next(change, flight), now);
        } else {
            attempt(change, flight.again(), now);
        }
    }

    private static boolean isApproved(Flight flight, RegisteredAgent agent) {
        return flight.at() == 0 && agent.digest().equals(flight.approved());
    }

    /** The attempt under way has ended. */
    void settle(CallChange change, AgentOutcome outcome, long now) {
        Flight before = change.state().flight();
        RegisteredAgent agent = change.registry().find(before.asked());
        AgentError invalid = outcome.status() == AgentOutcome.Status.OK ? problem(change, outcome, agent) : null;
        Ending ending = invalid == null ? Ending.of(outcome) : Ending.INVALID_ANSWER;
        Flight flight = before.withSpent(before.spent().plus(outcome))
                .ended(ending, invalid == null ? outcome.error() : invalid);
        change.flight(flight);
        long retryAt = agent == null ? Long.MAX_VALUE : now + wait(flight, agent.definition(), outcome);
        boolean mayRetry = agent != null
                && (!ending.counts()
                        || flight.number() < agent.definition().retry().maxAttempts())
                && retryAt < lastDeadline(change);
        int next = ending == Ending.ANSWERED ? flight.at() : next(change, flight);
        switch (ending.step(mayRetry, next == flight.chain().size())) {
            case ANSWER -> answer(change, flight, outcome.output(), now);
            case RETRY -> change.flight(flight.withRetryAt(retryAt));
            case NEXT_AGENT -> ask(change, flight, next, now);
        }
    }

    private static long wait(Flight flight, AgentDefinition agent, AgentOutcome outcome) {
        return outcome.retryAfterMs() > 0
                ? outcome.retryAfterMs()
                : Backoff.backoff(agent.retry(), flight.number() + flight.repeats(), flight.key(), flight.attemptId());
    }

    /** What is wrong with an answer, by the schema of who gave it and of who was asked for it; null when nothing is. */
    private static AgentError problem(CallChange change, AgentOutcome outcome, RegisteredAgent agent) {
        if (outcome.output().getBytes(StandardCharsets.UTF_8).length > AgentOutcome.MAX_OUTPUT_BYTES) {
            return new AgentError(
                    AgentErrorCode.OUTPUT_TOO_LARGE,
                    "the answer has more than " + AgentOutcome.MAX_OUTPUT_BYTES + " bytes");
        }
        RegisteredAgent askedFor =
                change.registry().find(change.state().flight().agent());
        CheckAllowance allowance = new CheckAllowance();
        String problem = agent == null ? null : agent.output().problem(outcome.output(), allowance);
        if (problem == null && askedFor != null && askedFor != agent) {
            problem = askedFor.output().problem(outcome.output(), allowance);
        }
        return problem == null ? null : new AgentError(AgentErrorCode.OUTPUT_INVALID, problem);
    }

    private void answer(CallChange change, Flight flight, String output, long now) {
        AgentDefinition agent = change.registry().definition(flight.agent());
        boolean lasting = agent != null
                && flight.at() == 0
                && agent.cacheTtlSeconds() > 0
                && agent.version().equals(flight.version());
        if (lasting) {
            long expiresAt = now + agent.cacheTtlSeconds() * 1000L;
            change.keep(new CachedAnswer(
                    output, flight.version(), flight.dependencies(), flight.startedAt(), now, expiresAt));
        }
        answers.toAll(change, Status.OK, flight.asked(), output, null, now);
    }

    /**
     * Asks a fallback; when there is none, does what the definition says.
     *
     * @param next its place in the chain, as {@link #next} finds it
     */
    private void ask(CallChange change, Flight flight, int next, long now) {
        if (next < flight.chain().size()) {
            attempt(change, flight.next(next), now);
            return;
        }
        AgentDefinition agent = change.registry().definition(flight.agent());
        Fallback fallback = agent == null ? Fallback.NONE : agent.fallback();
        switch (fallback.then()) {
            case FAIL -> answers.toAll(change, flight.ending().result(), null, null, flight.error(), now);
            case SKIP -> answers.toAll(change, Status.SKIPPED, null, null, flight.error(), now);
            case DEGRADED ->
                answers.toAll(change, Status.DEGRADED, null, fallback.degradedOutput(), flight.error(), now);
        }
    }

    /** Who of the chain can be asked next; the chain's size when nobody can. All of their schemas share an allowance. */
    private static int next(CallChange change, Flight flight) {
        CheckAllowance allowance = new CheckAllowance();
        int at = flight.at() + 1;
        while (at < flight.chain().size()
                && !canBeAsked(change.registry().find(flight.chain().get(at)), flight.input(), allowance)) {
            at++;
        }
        return at;
    }

    private static boolean canBeAsked(RegisteredAgent fallback, String input, CheckAllowance allowance) {
        return fallback != null
                && fallback.definition().risk() == Risk.AUTO
                && fallback.input().problem(input, allowance) == null;
    }
}
