package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.logic.decision.Decision;
import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.agent.AgentOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The decisions of a call's owner: {@code (state, call or outcome or moment, now) → (state', commands)}. {@code now} is
 * the record's log time, or the moment that came; the same state, input and registry always give the same decision.
 */
public final class CallDecider {
    private final CallSettings settings;
    private final Answers answers;
    private final Flights flights;
    private final Admission admission;

    /** Of agents without versions. */
    public CallDecider(CallSettings settings, PriceTable prices, ApprovalProof approvals) {
        this(settings, prices, approvals, Versions.NONE);
    }

    /** @param versions chooses again where an agent was not known yet when its call was routed */
    public CallDecider(CallSettings settings, PriceTable prices, ApprovalProof approvals, Versions versions) {
        this.settings = settings;
        this.answers = new Answers(settings);
        this.flights = new Flights(prices, answers);
        this.admission = new Admission(settings, approvals, versions, answers, flights);
    }

    /**
     * Decides about a call. Moments that came at or before its log time come first.
     *
     * @param state null when nothing is remembered under the key
     * @param latest what is logged, or was, as of a later time is taken to be as of this one, milliseconds since the
     *     epoch
     */
    public Decision<CallState, CallEffect, CallCommand> decide(
            CallState state, RoutedCall routed, long latest, AgentRegistry registry) {
        CallChange change = new CallChange(routed.owner(), state, registry);
        change.notAfter(latest);
        long now = advance(change, Math.min(routed.loggedAt(), latest));
        UUID key = CallKeys.idempotencyKey(routed.call().tenant(), routed.call().callKey());
        if (change.awaits(key) || answers.wasAnswered(change.state(), key, now)) {
            return change.decision(CallEffect.DUPLICATE);
        }
        return change.decision(admission.admit(change, routed, key, now));
    }

    /**
     * Decides about the outcome of an attempt.
     *
     * @param state null when nothing is remembered under the key
     * @param loggedAt log time of the outcome, milliseconds since the epoch; at most {@code latest}
     * @param latest as for a call
     * @param allRead whether all that was logged before is read; else an outcome that nobody waits for is kept until it
     *     is
     */
    public Decision<CallState, CallEffect, CallCommand> settle(
            CallState state,
            AgentOutcome outcome,
            long loggedAt,
            long latest,
            boolean allRead,
            AgentRegistry registry) {
        CallChange change = new CallChange(outcome.owner(), state, registry);
        change.notAfter(latest);
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
        admission.admitPending(change, now);
        return change.decision(CallEffect.SETTLED);
    }

    /**
     * Decides what is due at or before {@code time}, milliseconds since the epoch.
     *
     * @param latest as for a call
     */
    public Decision<CallState, CallEffect, CallCommand> wake(
            String owner, CallState state, long time, long latest, AgentRegistry registry) {
        CallChange change = new CallChange(owner, state, registry);
        change.notAfter(latest);
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
            CachedAnswer kept = change.state().kept();
            if (kept != null && kept.expiresAt() <= now) {
                change.keep(null);
            }
            if (!change.state().finished().isEmpty() && change.state().forgetAt(settings) <= now) {
                change.finished(RecentIds.NONE);
            }
            takeEarly(change, now);
            admission.admitPending(change, now);
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
}
