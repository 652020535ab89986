package io.millrace.logic.agent;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.AgentResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Answers calls, each once, and remembers which were answered. */
final class Answers {
    /**
     * More calls than this end under one key only when they share an answer: one of them made again is a call of its
     * own.
     */
    private static final int MAX_FINISHED = 256;

    private final long dedupWindow;

    Answers(CallSettings settings) {
        this.dedupWindow = settings.dedupWindow().toMillis();
    }

    boolean wasAnswered(CallState state, UUID key, long now) {
        return state.finished().contains(key, now - dedupWindow);
    }

    /** Answers a call that did not come to wait. */
    void refuse(CallChange change, RoutedCall routed, UUID key, Status status, AgentError error, long now) {
        AgentCall call = routed.call();
        Reply reply = Reply.without(status, error, Spent.NOTHING);
        answer(change, Waiter.of(routed, key, now), call.tenant(), call.agent(), reply, now);
    }

    /** Refuses a call that has no approval: under its key it may come again. */
    static void refuseUnapproved(CallChange change, RoutedCall routed, UUID key, String problem, long now) {
        AgentCall call = routed.call();
        UUID id = AgentResult.refusalIdOf(key, call.eventId());
        AgentError error = new AgentError(AgentErrorCode.APPROVAL_REQUIRED, problem);
        Reply reply = Reply.without(Status.REFUSED, error, Spent.NOTHING);
        Waiter waiter = Waiter.of(routed, key, now);
        change.command(new CallCommand.Answer(
                reply.to(id, waiter, call.tenant(), call.agent(), now), routed.replyTo(), waiter.recordKey()));
    }

    /** Gives a call an answer that was kept. */
    void give(CallChange change, RoutedCall routed, UUID key, CachedAnswer kept, long now) {
        AgentCall call = routed.call();
        Reply reply = new Reply(Status.OK, call.agent(), kept.output(), null, Spent.NOTHING, true);
        answer(change, Waiter.of(routed, key, now), call.tenant(), call.agent(), reply, now);
    }

    /**
     * Answers all who wait, and ends the flight. The first of them bears what it cost.
     *
     * @param answeredBy null when no agent did
     * @param output null for none
     * @param error null for {@link Status#OK}
     */
    void toAll(CallChange change, Status status, String answeredBy, String output, AgentError error, long now) {
        Flight flight = change.state().flight();
        Reply reply = new Reply(status, answeredBy, output, error, flight.spent(), false);
        for (Waiter waiter : change.state().waiters()) {
            answer(change, waiter, flight.tenant(), flight.agent(), reply, now);
            reply = new Reply(status, answeredBy, output, error, Spent.NOTHING, status == Status.OK);
        }
        change.waiters(List.of());
        change.flight(null);
    }

    /** Answers those whose deadline has come; without anybody who waits the flight ends. */
    void toLate(CallChange change, long now) {
        List<Waiter> waiters = change.state().waiters();
        List<Waiter> rest = new ArrayList<>(waiters.size());
        for (int i = 0; i < waiters.size(); i++) {
            Waiter waiter = waiters.get(i);
            if (waiter.deadline() > now) {
                rest.add(waiter);
            } else {
                timeOut(change, waiter, i == 0, now);
            }
        }
        if (rest.size() < waiters.size()) {
            change.waiters(rest);
            if (rest.isEmpty()) {
                change.flight(null);
            }
        }
    }

    private void timeOut(CallChange change, Waiter waiter, boolean first, long now) {
        Flight flight = change.state().flight();
        String last = flight.error() == null
                ? ""
                : "; the last attempt that ended: " + flight.error().code().wireName() + ": "
                        + flight.error().message();
        AgentError error = new AgentError(AgentErrorCode.DEADLINE_PASSED, "the deadline passed" + last);
        Spent spent = first ? flight.spent() : Spent.NOTHING;
        Reply reply = Reply.without(Status.TIMED_OUT, error, spent);
        answer(change, waiter, flight.tenant(), flight.agent(), reply, now);
        if (first) {
            boolean underWay = flight.retryAt() == 0;
            change.flight(flight.withSpent(underWay ? Spent.NOTHING.plusAttempt() : Spent.NOTHING));
        }
    }

    private void answer(CallChange change, Waiter to, String tenant, String agent, Reply reply, long now) {
        AgentResult result = reply.to(AgentResult.idOf(to.key()), to, tenant, agent, now);
        change.command(new CallCommand.Answer(result, to.replyTo(), to.recordKey()));
        RecentIds finished = change.state().finished().plus(to.key(), now, now - dedupWindow);
        change.finished(
                finished.size() <= MAX_FINISHED ? finished : finished.withoutOldest(finished.size() - MAX_FINISHED));
    }

    /** What a call is told. */
    private record Reply(
            Status status, String answeredBy, String output, AgentError error, Spent spent, boolean cached) {
        static Reply without(Status status, AgentError error, Spent spent) {
            return new Reply(status, null, null, error, spent, false);
        }

        AgentResult to(UUID id, Waiter waiter, String tenant, String agent, long now) {
            return new AgentResult(
                    id,
                    now,
                    tenant,
                    waiter.callKey(),
                    agent,
                    answeredBy,
                    status,
                    output,
                    error,
                    spent.usage(),
                    spent.costMicros(),
                    spent.attempts(),
                    cached,
                    spent.queuedMs(),
                    spent.agentMs(),
                    Math.max(0, now - waiter.loggedAt()),
                    waiter.correlationId(),
                    waiter.traceparent());
        }
    }
}
