package io.millrace.logic.agent;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.agent.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The decisions of a call's owner: {@code (state, call or outcome or moment, now) → (state', commands)}. {@code now} is the
 * record's log time, or the moment that came; the same state, input and registry always give the same decision.
 */
public final class CallDecider {
    private static final int MAX_WAITERS = 1_000;
    private static final int MAX_PENDING = 100;
    /** How often it is looked for an agent that is not known yet, milliseconds. */
    private static final long LOOK_EVERY_MS = 500;

    private final CallSettings settings;
    private final ApprovalProof approvals;
    private final Answers answers;
    private final Flights flights;

    public CallDecider(CallSettings settings, PriceTable prices, ApprovalProof approvals) {
        this.settings = settings;
        this.approvals = approvals;
        this.answers = new Answers(settings);
        this.flights = new Flights(prices, answers);
    }

    /**
     * Decides about a call. Moments that came at or before its log time come first.
     *
     * @param state null when nothing is remembered under the key
     */
    public CallDecision decide(CallState state, RoutedCall routed, AgentRegistry registry) {
        CallChange change = new CallChange(routed.owner(), state, registry);
        long now = advance(change, routed.loggedAt());
        UUID key = CallKeys.idempotencyKey(routed.call().tenant(), routed.call().callKey());
        if (change.awaits(key) || answers.wasAnswered(change.state(), key, now)) {
            return change.decision(CallEffect.DUPLICATE);
        }
        return change.decision(admit(change, routed, key, now));
    }

    /**
     * Decides about the outcome of an attempt.
     *
     * @param state null when nothing is remembered under the key
     * @param loggedAt log time of the outcome, milliseconds since the epoch
     * @param allRead whether all that was logged before is read; else an outcome that nobody waits for is kept until it is
     */
    public CallDecision settle(
            CallState state, AgentOutcome outcome, long loggedAt, boolean allRead, AgentRegistry registry) {
        CallChange change = new CallChange(outcome.owner(), state, registry);
        Flight awaiting = change.state().flight();
        if (!allRead && (awaiting == null || !awaiting.awaits(outcome.attemptId()))) {
            List<EarlyOutcome> early = new ArrayList<>(change.state().early());
            early.add(new EarlyOutcome(outcome, loggedAt));
            change.early(early);
            return change.decision(CallEffect.EARLY);
        }
        if (state == null) {
            return change.decision(CallEffect.STALE);
        }
        long now = advance(change, loggedAt);
        Flight flight = change.state().flight();
        if (flight == null || !flight.awaits(outcome.attemptId())) {
            return change.decision(CallEffect.STALE);
        }
        flights.settle(change, outcome, now);
        return change.decision(CallEffect.SETTLED);
    }

    /** Decides what is due at or before {@code time}, milliseconds since the epoch. */
    public CallDecision wake(String owner, CallState state, long time, AgentRegistry registry) {
        CallChange change = new CallChange(owner, state, registry);
        passMoments(change, time);
        boolean same = change.state().equals(state);
        if (!same && !change.state().isEmpty()) {
            // What came is done: a record that was logged before and comes now comes after it.
            change.clock(Math.max(change.state().clock(), time));
        }
        return change.decision(CallEffect.WOKEN);
    }

    /** Does what is due before a record, and lets the clock go on to it. */
    private long advance(CallChange change, long loggedAt) {
        long now = Math.max(change.state().clock(), loggedAt);
        passMoments(change, now);
        change.clock(now);
        return now;
    }

    /** Does what is due at or before {@code time}, each in its own moment, earliest first. */
    private void passMoments(CallChange change, long time) {
        long moment;
        while ((moment = change.state().nextWake(settings)) <= time) {
            long now = Math.max(moment, change.state().clock());
            answers.toLate(change, now);
            Flight flight = change.state().flight();
            if (flight != null && flight.retryAt() > 0 && flight.retryAt() <= now) {
                flights.retry(change, now);
            }
            lookForAgents(change, now);
            CachedAnswer kept = change.state().kept();
            if (kept != null && kept.expiresAt() <= now) {
                change.keep(null);
            }
            if (!change.state().finished().isEmpty() && change.state().forgetAt(settings) <= now) {
                change.finished(RecentIds.NONE);
            }
            takeEarly(change, now);
        }
    }

    private void takeEarly(CallChange change, long now) {
        List<EarlyOutcome> early = change.state().early();
        if (early.stream().noneMatch(each -> each.loggedAt() <= now)) {
            return;
        }
        change.early(early.stream().filter(each -> each.loggedAt() > now).toList());
        for (EarlyOutcome each : early) {
            Flight flight = change.state().flight();
            if (each.loggedAt() <= now
                    && flight != null
                    && flight.awaits(each.outcome().attemptId())) {
                flights.settle(change, each.outcome(), now);
            }
        }
    }

    private CallEffect admit(CallChange change, RoutedCall routed, UUID key, long now) {
        AgentCall call = routed.call();
        RegisteredAgent agent = change.registry().find(call.agent());
        if (agent == null) {
            return awaitAgent(change, routed, key, now);
        }
        long deadline = Waits.deadline(call, routed.loggedAt(), change.registry());
        if (deadline <= now) {
            return tooLate(change, routed, key, now);
        }
        if (agent.definition().risk() == Risk.APPROVAL_REQUIRED) {
            String unapproved = approvals.problem(routed, settings.dedupWindow());
            if (unapproved != null) {
                return refuse(change, routed, key, AgentErrorCode.APPROVAL_REQUIRED, unapproved, now);
            }
        }
        CachedAnswer kept = call.cache() == CacheMode.USE ? kept(change, routed, agent.definition(), now) : null;
        if (kept != null) {
            answers.give(change, routed, key, kept, now);
            return CallEffect.CACHE_HIT;
        }
        String problem = agent.input().problem(call.input());
        if (problem != null) {
            return refuse(change, routed, key, AgentErrorCode.INPUT_INVALID, problem, now);
        }
        if (change.state().waiters().size() >= MAX_WAITERS) {
            return refuse(
                    change, routed, key, AgentErrorCode.OVERLOADED, "too many calls wait for the same answer", now);
        }
        change.join(Waiter.of(routed, key, deadline));
        if (change.state().flight() != null) {
            return CallEffect.JOINED;
        }
        flights.begin(change, call, key, versionToKeep(routed, agent.definition()), now);
        return CallEffect.STARTED;
    }

    /** The answer that the call may be given; one that is worthless by now is dropped. */
    private static CachedAnswer kept(CallChange change, RoutedCall routed, AgentDefinition agent, long now) {
        CachedAnswer kept = change.state().kept();
        if (kept == null || routed.sharedVersion() == null) {
            return null;
        }
        boolean invalidated =
                change.registry().isInvalidated(agent.agent(), kept.version(), kept.dependencies(), kept.askedAt());
        // The time to live may have been shortened since.
        if (invalidated || kept.keptAt() + agent.cacheTtlSeconds() * 1000L <= now) {
            change.keep(null);
            return null;
        }
        return kept;
    }

    /** Null also when the agent has another version by now than the one by which the call met others here. */
    private static String versionToKeep(RoutedCall routed, AgentDefinition agent) {
        return agent.version().equals(routed.sharedVersion()) ? routed.sharedVersion() : null;
    }

    private CallEffect awaitAgent(CallChange change, RoutedCall routed, UUID key, long now) {
        AgentCall call = routed.call();
        long until = routed.loggedAt() + settings.unknownAgentWait().toMillis();
        if (call.deadline() != null || call.timeoutMs() > 0) {
            until = Math.min(until, Waits.deadline(call, routed.loggedAt(), change.registry()));
        }
        if (until <= now) {
            return withoutAgent(change, routed, key, now);
        }
        List<Pending> pending = new ArrayList<>(change.state().pending());
        if (pending.size() >= MAX_PENDING) {
            return refuse(
                    change, routed, key, AgentErrorCode.OVERLOADED, "too many calls wait for the same agent", now);
        }
        pending.add(new Pending(routed, key, until, Math.min(until, now + LOOK_EVERY_MS)));
        change.pending(pending);
        return CallEffect.WAITING;
    }

    private void lookForAgents(CallChange change, long now) {
        List<Pending> due = new ArrayList<>();
        List<Pending> rest = new ArrayList<>();
        for (Pending call : change.state().pending()) {
            (call.nextLook() <= now ? due : rest).add(call);
        }
        if (due.isEmpty()) {
            return;
        }
        for (Pending call : due) {
            String agent = call.call().call().agent();
            if (call.until() > now && change.registry().find(agent) == null) {
                rest.add(new Pending(
                        call.call(), call.key(), call.until(), Math.min(call.until(), now + LOOK_EVERY_MS)));
            }
        }
        change.pending(rest);
        for (Pending call : due) {
            if (change.registry().find(call.call().call().agent()) != null) {
                admit(change, call.call(), call.key(), now);
            } else if (call.until() <= now) {
                withoutAgent(change, call.call(), call.key(), now);
            }
        }
    }

    private CallEffect withoutAgent(CallChange change, RoutedCall routed, UUID key, long now) {
        AgentCall call = routed.call();
        boolean bounded = call.deadline() != null || call.timeoutMs() > 0;
        if (bounded && Waits.deadline(call, routed.loggedAt(), change.registry()) <= now) {
            return tooLate(change, routed, key, now);
        }
        String message = "no agent \"" + call.agent() + "\" is registered";
        return refuse(change, routed, key, AgentErrorCode.UNKNOWN_AGENT, message, now);
    }

    private CallEffect tooLate(CallChange change, RoutedCall routed, UUID key, long now) {
        AgentError error = new AgentError(AgentErrorCode.DEADLINE_PASSED, "the deadline had passed before an attempt");
        answers.refuse(change, routed, key, Status.TIMED_OUT, error, now);
        return CallEffect.REFUSED;
    }

    private CallEffect refuse(
            CallChange change, RoutedCall routed, UUID key, AgentErrorCode code, String message, long now) {
        answers.refuse(change, routed, key, Status.REFUSED, new AgentError(code, message), now);
        return CallEffect.REFUSED;
    }
}
