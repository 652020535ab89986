package io.millrace.logic.agent;

import io.millrace.logic.dedup.RecentIds;
import io.millrace.schema.agent.AgentCall;
import java.util.Collection;
import java.util.List;

/**
 * Everything that is remembered under one owner's key: one call, or those that may share an answer. Immutable.
 *
 * @param clock latest log time of its records, milliseconds since the epoch
 * @param kept the answer that later calls are given; null for none
 * @param flight the work on an answer; null when nobody waits for one
 * @param waiters who waits for it, in the order in which they came
 * @param pending calls that can't begin yet, see {@link Pending}
 * @param finished idempotency keys of calls that were answered
 * @param early outcomes whose call was not read yet
 */
public record CallState(
        long clock,
        CachedAnswer kept,
        Flight flight,
        List<Waiter> waiters,
        List<Pending> pending,
        RecentIds finished,
        List<EarlyOutcome> early) {

    private static final int BASE_BYTES = 500;
    private static final int WAITER_BYTES = 500;
    private static final int ID_BYTES = 24;

    static final CallState EMPTY = new CallState(0, null, null, List.of(), List.of(), RecentIds.NONE, List.of());

    /**
     * This, as if no record had been logged after {@code latest}; this very one when none was. What records from the
     * future have set would else stay until then.
     */
    public CallState notAfter(long latest) {
        boolean fromTheFuture = clock > latest || early.stream().anyMatch(outcome -> outcome.loggedAt() > latest);
        if (!fromTheFuture) {
            return this;
        }
        return new CallState(
                Math.min(clock, latest),
                kept == null ? null : kept.notAfter(latest),
                flight == null || flight.retryAt() <= latest ? flight : flight.withRetryAt(latest),
                waiters,
                pending,
                finished.notAfter(latest),
                early.stream()
                        .map(outcome -> new EarlyOutcome(outcome.outcome(), Math.min(outcome.loggedAt(), latest)))
                        .toList());
    }

    boolean isEmpty() {
        return kept == null
                && flight == null
                && waiters.isEmpty()
                && pending.isEmpty()
                && finished.isEmpty()
                && early.isEmpty();
    }

    /** The next time at which something is to be done without a record; {@link Long#MAX_VALUE} for never. */
    public long nextWake(CallSettings settings) {
        long next = kept == null ? Long.MAX_VALUE : kept.expiresAt();
        if (flight != null && flight.retryAt() > 0) {
            next = Math.min(next, flight.retryAt());
        }
        for (Waiter waiter : waiters) {
            next = Math.min(next, waiter.deadline());
        }
        for (Pending call : pending) {
            next = Math.min(next, call.nextLook());
        }
        for (EarlyOutcome outcome : early) {
            next = Math.min(next, outcome.loggedAt());
        }
        return finished.isEmpty() ? next : Math.min(next, forgetAt(settings));
    }

    /** When the keys of calls that were answered are not needed any longer. */
    long forgetAt(CallSettings settings) {
        return finished.newest() + settings.dedupWindow().toMillis() + 1;
    }

    /** Roughly how many bytes it takes on the heap. */
    public int heapBytes() {
        int bytes = BASE_BYTES + ID_BYTES * finished.size() + WAITER_BYTES * waiters.size();
        if (kept != null) {
            bytes += kept.output().length() + chars(kept.dependencies());
        }
        if (flight != null) {
            bytes += flight.input().length() + chars(flight.dependencies());
        }
        for (Pending each : pending) {
            AgentCall call = each.call().call();
            bytes += WAITER_BYTES
                    + call.input().length()
                    + chars(call.dependencies().keySet());
            bytes += chars(call.dependencies().values());
        }
        for (EarlyOutcome each : early) {
            String output = each.outcome().output();
            bytes += WAITER_BYTES + (output == null ? 0 : output.length());
        }
        return bytes;
    }

    private static int chars(Collection<String> texts) {
        return texts.stream().mapToInt(String::length).sum();
    }

    /** How many calls wait for an answer. */
    public int waiting() {
        return waiters.size() + pending.size();
    }
}
