package io.millrace.logic.agent.gate;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentAttemptCodec;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Attempts that wait for their turn: tenants take turns, the attempts of each are first in, first out. One tenant may
 * fill it, as long as nobody else waits: of a full queue, whoever waits with most makes room for a tenant with less
 * than an equal share.
 */
final class AttemptQueue {
    private static final AgentAttemptCodec CODEC = new AgentAttemptCodec();

    private final GateSettings settings;
    /** By tenant, whose turn is next first; none is empty. */
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private final Set<String> ids = new HashSet<>();
    private long bytes;
    /** Nobody's deadline is before. */
    private long earliestDeadline = Long.MAX_VALUE;

    /** What waits of one tenant. */
    private static final class Line {
        private final Deque<AgentAttempt> attempts = new ArrayDeque<>();
        private long bytes;

        private int size() {
            return attempts.size();
        }

        private long bytes() {
            return bytes;
        }
    }

    AttemptQueue(GateSettings settings) {
        this.settings = settings;
    }

    boolean contains(String attemptId) {
        return ids.contains(attemptId);
    }

    /** Whether there is room for one more, without anybody making it. */
    boolean hasRoomFor(AgentAttempt attempt) {
        return ids.size() < settings.queueLength() && bytes + attempt.inputBytes() <= settings.queueBytes();
    }

    /**
     * Adds the attempt, if need be in place of the newest of those who wait with most.
     *
     * @param displaced takes those that made room
     * @return false when it is not added
     */
    boolean offer(AgentAttempt attempt, Consumer<AgentAttempt> displaced) {
        if (!hasRoomFor(attempt) && !isWithinItsShare(attempt)) {
            return false;
        }
        // Who is within an equal share leaves others who are not, as long as there is no room.
        while (!hasRoomFor(attempt)) {
            boolean tooMany = ids.size() >= settings.queueLength();
            displaced.accept(removeNewest(
                    tooMany ? Comparator.comparingInt(Line::size) : Comparator.comparingLong(Line::bytes)));
        }
        add(attempt);
        return true;
    }

    /** Whether its tenant, with it, has at most what each would have if all had the same. */
    private boolean isWithinItsShare(AgentAttempt attempt) {
        Line line = lines.get(attempt.tenant());
        int tenants = lines.size() + (line == null ? 1 : 0);
        int size = line == null ? 0 : line.size();
        long waiting = line == null ? 0 : line.bytes();
        return size < settings.queueLength() / tenants
                && waiting + attempt.inputBytes() <= settings.queueBytes() / tenants;
    }

    private AgentAttempt removeNewest(Comparator<Line> by) {
        Map.Entry<String, Line> most =
                lines.entrySet().stream().max(Map.Entry.comparingByValue(by)).orElseThrow();
        AgentAttempt newest = most.getValue().attempts.removeLast();
        forget(newest, most.getValue());
        if (most.getValue().size() == 0) {
            lines.remove(most.getKey());
        }
        return newest;
    }

    /** What is said to one for which there is no room. */
    AgentOutcome full(AgentAttempt attempt, long now) {
        AgentError error = new AgentError(AgentErrorCode.OVERLOADED, "too many calls wait for the agent");
        return AgentOutcome.without(attempt, AgentOutcome.Status.RETRYABLE, error, 0, now);
    }

    private void add(AgentAttempt attempt) {
        Line line = lines.computeIfAbsent(attempt.tenant(), tenant -> new Line());
        line.attempts.add(attempt);
        line.bytes += attempt.inputBytes();
        ids.add(attempt.attemptId());
        bytes += attempt.inputBytes();
        earliestDeadline = Math.min(earliestDeadline, attempt.deadline());
    }

    /** Who is next of those tenants; null when none of theirs waits. */
    AgentAttempt peek(Predicate<String> tenants) {
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            if (tenants.test(entry.getKey())) {
                return entry.getValue().attempts.peek();
            }
        }
        return null;
    }

    /** Takes out the first of a tenant, whose next turn comes after those of all others. */
    AgentAttempt poll(String tenant) {
        AgentAttempt attempt = drop(tenant);
        Line line = lines.remove(tenant);
        if (line != null) {
            lines.put(tenant, line);
        }
        return attempt;
    }

    /** Takes out the first of a tenant, which is no turn; null when none of its waits. */
    AgentAttempt drop(String tenant) {
        Line line = lines.get(tenant);
        if (line == null) {
            return null;
        }
        AgentAttempt attempt = line.attempts.remove();
        forget(attempt, line);
        if (line.size() == 0) {
            lines.remove(tenant);
        }
        return attempt;
    }

    /** Takes out a first of a tenant whose deadline has come; null when there is none. */
    AgentAttempt dropLate(long now) {
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            if (entry.getValue().attempts.element().deadline() <= now) {
                return drop(entry.getKey());
            }
        }
        return null;
    }

    /** When the deadline of a tenant's first comes; {@link Long#MAX_VALUE} when nobody waits. */
    long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (Line line : lines.values()) {
            next = Math.min(next, line.attempts.element().deadline());
        }
        return next;
    }

    /** Those who have attempts here, whose turn is next first. */
    List<String> tenants() {
        return List.copyOf(lines.keySet());
    }

    /** Takes out those whose deadline has come. */
    void removeLate(long now, Consumer<AgentAttempt> late) {
        if (earliestDeadline > now) {
            return;
        }
        earliestDeadline = Long.MAX_VALUE;
        for (Line line : lines.values()) {
            Iterator<AgentAttempt> each = line.attempts.iterator();
            while (each.hasNext()) {
                AgentAttempt attempt = each.next();
                if (attempt.deadline() <= now) {
                    each.remove();
                    forget(attempt, line);
                    late.accept(attempt);
                } else {
                    earliestDeadline = Math.min(earliestDeadline, attempt.deadline());
                }
            }
        }
        lines.values().removeIf(line -> line.size() == 0);
    }

    private void forget(AgentAttempt attempt, Line line) {
        ids.remove(attempt.attemptId());
        bytes -= attempt.inputBytes();
        line.bytes -= attempt.inputBytes();
    }

    int size() {
        return ids.size();
    }

    /** In turn, so that whoever adds them in this order has the same turns. */
    void write(DataOutput out) throws IOException {
        Binary.writeList(out, inTurn(), (o, attempt) -> CODEC.write(attempt, o));
    }

    private List<AgentAttempt> inTurn() {
        List<AgentAttempt> inTurn = new ArrayList<>(size());
        List<Iterator<AgentAttempt>> rest = new ArrayList<>();
        lines.values().forEach(line -> rest.add(line.attempts.iterator()));
        while (!rest.isEmpty()) {
            rest.forEach(each -> inTurn.add(each.next()));
            rest.removeIf(each -> !each.hasNext());
        }
        return inTurn;
    }

    void read(DataInput in) throws IOException {
        Binary.readList(in, CODEC::read).forEach(this::add);
    }
}
