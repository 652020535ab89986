package io.millrace.logic.agent.gate;

import io.millrace.schema.agent.AgentAttempt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What waits of those who share a line: its tenants take turns, the attempts of each are first in, first out. */
final class AttemptLine {
    /** By tenant, whose turn is next first; none is empty. */
    private final Map<String, OfTenant> tenants = new LinkedHashMap<>();

    private int size;
    private long bytes;

    private static final class OfTenant {
        private final Deque<AgentAttempt> attempts = new ArrayDeque<>();
        private long bytes;
    }

    /** How much there is, or what one may have: attempts, and bytes of their inputs. */
    record Amount(long attempts, long bytes) {
        /** An equal part for each of so many, and never less than an attempt. */
        Amount among(int parts) {
            return new Amount(Math.max(1, attempts / parts), bytes / parts);
        }

        Amount plus(AgentAttempt attempt) {
            return new Amount(attempts + 1, bytes + attempt.inputBytes());
        }

        boolean isWithin(Amount share) {
            return attempts <= share.attempts && bytes <= share.bytes;
        }

        long of(boolean ofAttempts) {
            return ofAttempts ? attempts : bytes;
        }
    }

    Amount amount() {
        return new Amount(size, bytes);
    }

    private Amount amountOf(String tenant) {
        OfTenant waiting = tenants.get(tenant);
        return waiting == null ? new Amount(0, 0) : new Amount(waiting.attempts.size(), waiting.bytes);
    }

    /** Whether all here, with the attempt, have at most the share of the line, or its tenant an equal part of that. */
    boolean isWithin(Amount share, AgentAttempt attempt) {
        int parts = tenants.size() + (tenants.containsKey(attempt.tenant()) ? 0 : 1);
        return amount().plus(attempt).isWithin(share)
                || amountOf(attempt.tenant()).plus(attempt).isWithin(share.among(parts));
    }

    boolean isEmpty() {
        return tenants.isEmpty();
    }

    /** Those who have attempts here, whose turn is next first. */
    Set<String> tenants() {
        return tenants.keySet();
    }

    void add(AgentAttempt attempt) {
        OfTenant waiting = tenants.computeIfAbsent(attempt.tenant(), tenant -> new OfTenant());
        waiting.attempts.add(attempt);
        waiting.bytes += attempt.inputBytes();
        size++;
        bytes += attempt.inputBytes();
    }

    /** Who is next of those tenants; null when none of theirs waits. */
    AgentAttempt peek(Predicate<String> of) {
        for (Map.Entry<String, OfTenant> entry : tenants.entrySet()) {
            if (of.test(entry.getKey())) {
                return entry.getValue().attempts.element();
            }
        }
        return null;
    }

    /** The next turn of the tenant comes after those of all others. */
    void hadTurn(String tenant) {
        OfTenant waiting = tenants.remove(tenant);
        if (waiting != null) {
            tenants.put(tenant, waiting);
        }
    }

    /** Takes out the first of a tenant; null when none of its waits. */
    AgentAttempt removeFirst(String tenant) {
        OfTenant waiting = tenants.get(tenant);
        return waiting == null ? null : removed(tenant, waiting, waiting.attempts.remove());
    }

    /** Takes out the newest of the tenant that has most; of several, of the one whose turn comes last. */
    AgentAttempt removeNewest(boolean mostAttempts) {
        String most = null;
        for (String tenant : tenants.keySet()) {
            if (most == null
                    || amountOf(tenant).of(mostAttempts) >= amountOf(most).of(mostAttempts)) {
                most = tenant;
            }
        }
        OfTenant waiting = tenants.get(most);
        return removed(most, waiting, waiting.attempts.removeLast());
    }

    private AgentAttempt removed(String tenant, OfTenant waiting, AgentAttempt attempt) {
        forget(waiting, attempt);
        if (waiting.attempts.isEmpty()) {
            tenants.remove(tenant);
        }
        return attempt;
    }

    private void forget(OfTenant waiting, AgentAttempt attempt) {
        waiting.bytes -= attempt.inputBytes();
        size--;
        bytes -= attempt.inputBytes();
    }

    /** Whose first has come to its deadline; null when there is none. */
    String lateTenant(long now) {
        for (Map.Entry<String, OfTenant> entry : tenants.entrySet()) {
            if (entry.getValue().attempts.element().deadline() <= now) {
                return entry.getKey();
            }
        }
        return null;
    }

    /** When the deadline of a tenant's first comes; {@link Long#MAX_VALUE} when nobody waits. */
    long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (OfTenant waiting : tenants.values()) {
            next = Math.min(next, waiting.attempts.element().deadline());
        }
        return next;
    }

    /**
     * Takes out those whose deadline has come.
     *
     * @return the earliest deadline of the others; {@link Long#MAX_VALUE} when there are none
     */
    long removeLate(long now, Consumer<AgentAttempt> late) {
        long earliest = Long.MAX_VALUE;
        for (OfTenant waiting : tenants.values()) {
            Iterator<AgentAttempt> each = waiting.attempts.iterator();
            while (each.hasNext()) {
                AgentAttempt attempt = each.next();
                if (attempt.deadline() <= now) {
                    each.remove();
                    forget(waiting, attempt);
                    late.accept(attempt);
                } else {
                    earliest = Math.min(earliest, attempt.deadline());
                }
            }
        }
        tenants.values().removeIf(waiting -> waiting.attempts.isEmpty());
        return earliest;
    }

    /** All, so that whoever adds them in this order has the same turns. */
    List<AgentAttempt> inTurn() {
        return inTurn(tenants.values().stream()
                .<Iterable<AgentAttempt>>map(waiting -> waiting.attempts)
                .toList());
    }

    /** One of each, as long as there are any. */
    static List<AgentAttempt> inTurn(List<Iterable<AgentAttempt>> each) {
        List<AgentAttempt> inTurn = new ArrayList<>();
        List<Iterator<AgentAttempt>> rest = new ArrayList<>();
        each.forEach(attempts -> rest.add(attempts.iterator()));
        while (!rest.isEmpty()) {
            rest.forEach(attempts -> inTurn.add(attempts.next()));
            rest.removeIf(attempts -> !attempts.hasNext());
        }
        return inTurn;
    }
}
