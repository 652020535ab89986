package io.millrace.logic.agent.gate;

import io.millrace.logic.agent.gate.AttemptLine.Amount;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentAttemptCodec;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Attempts that wait for their turn, in the lines of {@link TenantLines}: lines take turns, and in a line its tenants
 * do. One line may fill it, as long as nobody else waits: of a full queue, whoever waits with most makes room for a
 * line with less than an equal share, and in a line that has its share for a tenant with less than an equal part of it.
 */
final class AttemptQueue {
    private static final AgentAttemptCodec CODEC = new AgentAttemptCodec();

    private final GateSettings settings;
    /** By name, whose turn is next first; none is empty. */
    private final Map<String, AttemptLine> lines = new LinkedHashMap<>();

    private final Set<String> ids = new HashSet<>();
    private long bytes;
    /** Nobody's deadline is before. */
    private long earliestDeadline = Long.MAX_VALUE;

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
        if (!hasRoomFor(attempt)) {
            AttemptLine own = lines.getOrDefault(lineOf(attempt.tenant()), new AttemptLine());
            Amount share = new Amount(settings.queueLength(), settings.queueBytes())
                    .among(lines.size() + (own.isEmpty() ? 1 : 0));
            if (!own.isWithin(share, attempt)) {
                return false;
            }
            // Who is within an equal share leaves others who are not, as long as there is no room.
            while (!hasRoomFor(attempt)) {
                boolean tooMany = ids.size() >= settings.queueLength();
                boolean ownHasMore = own.amount().plus(attempt).of(tooMany) > share.of(tooMany);
                displaced.accept(removeNewest(ownHasMore ? lineOf(attempt.tenant()) : longest(tooMany), tooMany));
            }
        }
        add(attempt);
        return true;
    }

    private String lineOf(String tenant) {
        return settings.lines().lineOf(tenant);
    }

    /** Which line has most; of several, the one whose turn comes last. */
    private String longest(boolean mostAttempts) {
        String longest = null;
        long most = -1;
        for (Map.Entry<String, AttemptLine> entry : lines.entrySet()) {
            long amount = entry.getValue().amount().of(mostAttempts);
            if (amount >= most) {
                longest = entry.getKey();
                most = amount;
            }
        }
        return longest;
    }

    private AgentAttempt removeNewest(String name, boolean mostAttempts) {
        AttemptLine line = lines.get(name);
        AgentAttempt newest = line.removeNewest(mostAttempts);
        forget(newest);
        if (line.isEmpty()) {
            lines.remove(name);
        }
        return newest;
    }

    /** What is said to one for which there is no room. */
    AgentOutcome full(AgentAttempt attempt, long now) {
        AgentError error = new AgentError(AgentErrorCode.OVERLOADED, "too many calls wait for the agent");
        return AgentOutcome.without(attempt, AgentOutcome.Status.RETRYABLE, error, 0, now);
    }

    private void add(AgentAttempt attempt) {
        lines.computeIfAbsent(lineOf(attempt.tenant()), name -> new AttemptLine())
                .add(attempt);
        ids.add(attempt.attemptId());
        bytes += attempt.inputBytes();
        earliestDeadline = Math.min(earliestDeadline, attempt.deadline());
    }

    /** Who is next of those tenants; null when none of theirs waits. */
    AgentAttempt peek(Predicate<String> tenants) {
        for (AttemptLine line : lines.values()) {
            AgentAttempt next = line.peek(tenants);
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    /** Takes out the first of a tenant; its line's next turn, and its own there, comes after those of all others. */
    AgentAttempt poll(String tenant) {
        AgentAttempt attempt = drop(tenant);
        String name = lineOf(tenant);
        AttemptLine line = lines.remove(name);
        if (line != null) {
            line.hadTurn(tenant);
            lines.put(name, line);
        }
        return attempt;
    }

    /** Takes out the first of a tenant, which is no turn; null when none of its waits. */
    AgentAttempt drop(String tenant) {
        AttemptLine line = lines.get(lineOf(tenant));
        AgentAttempt attempt = line == null ? null : line.removeFirst(tenant);
        if (attempt != null) {
            forget(attempt);
            if (line.isEmpty()) {
                lines.remove(lineOf(tenant));
            }
        }
        return attempt;
    }

    /** Takes out a first of a tenant whose deadline has come; null when there is none. */
    AgentAttempt dropLate(long now) {
        for (AttemptLine line : lines.values()) {
            String tenant = line.lateTenant(now);
            if (tenant != null) {
                return drop(tenant);
            }
        }
        return null;
    }

    /** When the deadline of a tenant's first comes; {@link Long#MAX_VALUE} when nobody waits. */
    long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (AttemptLine line : lines.values()) {
            next = Math.min(next, line.nextDeadline());
        }
        return next;
    }

    /** Those who have attempts here, by line, whose turn is next first. */
    List<String> tenants() {
        return lines.values().stream().flatMap(line -> line.tenants().stream()).toList();
    }

    /** Takes out those whose deadline has come. */
    void removeLate(long now, Consumer<AgentAttempt> late) {
        if (earliestDeadline > now) {
            return;
        }
        earliestDeadline = Long.MAX_VALUE;
        for (AttemptLine line : lines.values()) {
            long earliest = line.removeLate(now, attempt -> {
                forget(attempt);
                late.accept(attempt);
            });
            earliestDeadline = Math.min(earliestDeadline, earliest);
        }
        lines.values().removeIf(AttemptLine::isEmpty);
    }

    private void forget(AgentAttempt attempt) {
        ids.remove(attempt.attemptId());
        bytes -= attempt.inputBytes();
    }

    int size() {
        return ids.size();
    }

    /** In turn, so that whoever adds them in this order has the same turns. */
    void write(DataOutput out) throws IOException {
        List<AgentAttempt> inTurn = AttemptLine.inTurn(lines.values().stream()
                .<Iterable<AgentAttempt>>map(AttemptLine::inTurn)
                .toList());
        Binary.writeList(out, inTurn, (o, attempt) -> CODEC.write(attempt, o));
    }

    void read(DataInput in) throws IOException {
        Binary.readList(in, CODEC::read).forEach(this::add);
    }
}
