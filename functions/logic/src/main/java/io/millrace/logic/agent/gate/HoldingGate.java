package io.millrace.logic.agent.gate;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentAttemptCodec;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A gate before which attempts can be held. After a restore they come again, and so do outcomes, in another order: an attempt that was
 * let in before what others have already cost is known would overspend a budget. They wait until the log was read that far.
 */
public final class HoldingGate implements Gate {
    private static final AgentAttemptCodec CODEC = new AgentAttemptCodec();

    private final Gate gate;
    private final List<AgentAttempt> held = new ArrayList<>();
    private long until = Long.MAX_VALUE;

    public HoldingGate(Gate gate) {
        this.gate = gate;
    }

    /**
     * Admits the attempt only when woken at or after {@code time}, milliseconds since the epoch, or later where {@link #holdUntil}
     * says so.
     */
    public void hold(AgentAttempt attempt, long time) {
        until = held.isEmpty() ? time : Math.max(until, time);
        held.add(attempt);
    }

    /** Holds those that are held already for longer. */
    public void holdUntil(long time) {
        if (!held.isEmpty()) {
            until = Math.max(until, time);
        }
    }

    @Override
    public List<GateCommand> admit(AgentAttempt attempt) {
        return gate.admit(attempt);
    }

    @Override
    public List<GateCommand> settle(AgentOutcome outcome, long loggedAt) {
        return gate.settle(outcome, loggedAt);
    }

    @Override
    public List<GateCommand> wake(long time) {
        List<GateCommand> commands = new ArrayList<>(gate.wake(time));
        if (until <= time) {
            until = Long.MAX_VALUE;
            held.forEach(attempt -> commands.addAll(gate.admit(attempt)));
            held.clear();
        }
        return commands;
    }

    @Override
    public long nextWake() {
        return Math.min(until, gate.nextWake());
    }

    @Override
    public void write(DataOutput out) throws IOException {
        gate.write(out);
        Binary.writeList(out, held, (o, attempt) -> CODEC.write(attempt, o));
        out.writeLong(until);
    }

    /** Reads what stands after the gate itself. */
    public static HoldingGate read(Gate gate, DataInput in) throws IOException {
        HoldingGate holding = new HoldingGate(gate);
        holding.held.addAll(Binary.readList(in, CODEC::read));
        holding.until = in.readLong();
        return holding;
    }
}
