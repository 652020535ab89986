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
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Attempts that wait for their turn, first in, first out. */
final class AttemptQueue {
    private static final AgentAttemptCodec CODEC = new AgentAttemptCodec();

    private final GateSettings settings;
    private final Deque<AgentAttempt> attempts = new ArrayDeque<>();
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

    /** Whether there is room for one more. */
    boolean hasRoomFor(AgentAttempt attempt) {
        return attempts.size() < settings.queueLength() && bytes + attempt.inputBytes() <= settings.queueBytes();
    }

    /** What is said to one for which there is no room. */
    AgentOutcome full(AgentAttempt attempt, long now) {
        AgentError error = new AgentError(AgentErrorCode.OVERLOADED, "too many calls wait for the agent");
        return AgentOutcome.without(attempt, AgentOutcome.Status.RETRYABLE, error, 0, now);
    }

    void add(AgentAttempt attempt) {
        attempts.add(attempt);
        ids.add(attempt.attemptId());
        bytes += attempt.inputBytes();
        earliestDeadline = Math.min(earliestDeadline, attempt.deadline());
    }

    /** Who is next; null when nobody waits. */
    AgentAttempt peek() {
        return attempts.peek();
    }

    AgentAttempt poll() {
        AgentAttempt attempt = attempts.poll();
        forget(attempt);
        return attempt;
    }

    /** Takes out those whose deadline has come. */
    void removeLate(long now, Consumer<AgentAttempt> late) {
        if (earliestDeadline > now) {
            return;
        }
        earliestDeadline = Long.MAX_VALUE;
        Iterator<AgentAttempt> each = attempts.iterator();
        while (each.hasNext()) {
            AgentAttempt attempt = each.next();
            if (attempt.deadline() <= now) {
                each.remove();
                forget(attempt);
                late.accept(attempt);
            } else {
                earliestDeadline = Math.min(earliestDeadline, attempt.deadline());
            }
        }
    }

    private void forget(AgentAttempt attempt) {
        ids.remove(attempt.attemptId());
        bytes -= attempt.inputBytes();
    }

    int size() {
        return attempts.size();
    }

    void write(DataOutput out) throws IOException {
        Binary.writeList(out, List.copyOf(attempts), (o, attempt) -> CODEC.write(attempt, o));
    }

    void read(DataInput in) throws IOException {
        Binary.readList(in, CODEC::read).forEach(this::add);
    }
}
