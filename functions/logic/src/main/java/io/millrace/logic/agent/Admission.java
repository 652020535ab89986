package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.RegisteredAgent;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.agent.CacheMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What becomes of a call that is new: it is given an answer that was kept, waits for one that is being worked on,
 * begins the work, waits until its agent is known or until what is being worked on is no answer to it is over, or is
 * refused.
 */
final class Admission {
    private static final int MAX_WAITERS = 1_000;
    private static final int MAX_PENDING = 100;
    /** How often it is looked at a call again that can't begin yet, milliseconds. */
    private static final long LOOK_EVERY_MS = 500;

    private final CallSettings settings;
    private final ApprovalProof approvals;
    private final Versions versions;
    private final Answers answers;
    private final Flights flights;

    Admission(CallSettings settings, ApprovalProof approvals, Versions versions, Answers answers, Flights flights) {
        this.settings = settings;
        this.approvals = approvals;
        this.versions = versions;
        this.answers = answers;
        this.flights = flights;
    }

    /** @param key its idempotency key, under which no call waits and none was answered */
    CallEffect admit(CallChange change, RoutedCall given, UUID key, long now) {
        RoutedCall routed = given.of(versions.of(given.call(), change.registry()));
        AgentCall call = routed.call();
        RegisteredAgent agent = change.registry().find(call.agent());
        if (agent == null) {
            return awaitAgent(change, routed, key, now);
        }
        long deadline = Backoff.deadline(call, routed.loggedBy(now), change.registry());
        if (deadline <= now) {
            return tooLate(change, routed, key, now);
        }
        if (agent.needsApproval()) {
            String unapproved = approvals.problem(routed, agent.digest(), settings.dedupWindow());
            if (unapproved != null) {
                Answers.refuseUnapproved(change, routed, key, unapproved, now);
                return CallEffect.REFUSED;
            }
        }
        CachedAnswer kept = call.cache() == CacheMode.USE ? kept(change, routed, agent.definition(), now) : null;
        if (kept != null) {
            answers.give(change, routed, key, kept, now);
            return CallEffect.CACHE_HIT;
        }
        if (isOutdated(change)) {
            // It is looked at when that has ended; its input is checked then.
            return await(change, routed, key, deadline, deadline, now);
        }
        String problem = change.inputProblem(agent, call.input());
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
        flights.begin(change, routed, key, agent.digest(), versionToKeep(routed, agent.definition()), now);
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
        long until = routed.loggedBy(now) + settings.unknownAgentWait().toMillis();
        if (call.deadline() != null || call.timeoutMs() > 0) {
            until = Math.min(until, Backoff.deadline(call, routed.loggedBy(now), change.registry()));
        }
        return until <= now
                ? withoutAgent(change, routed, key, now)
                : await(change, routed, key, until, Math.min(until, now + LOOK_EVERY_MS), now);
    }

    /** Whether the answer that is being worked on is worthless by now to whoever comes new. */
    private static boolean isOutdated(CallChange change) {
        Flight flight = change.state().flight();
        return flight != null
                && flight.version() != null
                && change.registry()
                        .isInvalidated(flight.agent(), flight.version(), flight.dependencies(), flight.startedAt());
    }

    private CallEffect await(CallChange change, RoutedCall routed, UUID key, long until, long nextLook, long now) {
        List<Pending> pending = new ArrayList<>(change.state().pending());
        if (pending.size() >= MAX_PENDING) {
            return refuse(change, routed, key, AgentErrorCode.OVERLOADED, "too many calls wait for the agent", now);
        }
        pending.add(new Pending(routed, key, until, nextLook));
        change.pending(pending);
        return CallEffect.WAITING;
    }

    /** Looks at those again whose time it is, or for whose agent nothing is being worked on any more. */
    void admitPending(CallChange change, long now) {
        boolean idle = change.state().flight() == null;
        List<Pending> due = new ArrayList<>();
        List<Pending> rest = new ArrayList<>();
        for (Pending call : change.state().pending()) {
            boolean free = idle && change.registry().find(call.call().call().agent()) != null;
            (call.nextLook() <= now || free ? due : rest).add(call);
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
        if (bounded && Backoff.deadline(call, routed.loggedBy(now), change.registry()) <= now) {
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
