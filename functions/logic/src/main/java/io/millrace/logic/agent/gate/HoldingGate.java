package io.millrace.logic.agent.gate;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentOutcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A gate before which attempts on a budget can be held. After a restore they come again, and so do outcomes, in another
 * order: an attempt that was let in before what others have already cost is known would overspend the budget. They
 * wait, as many as may wait for an agent, until the log was read that far.
 */
public final class HoldingGate implements Gate {
    private static final int VERSION = 1;

    private final Gate gate;
    private final AttemptQueue held;
    private final long until;

    /** @param until when those that are held are admitted, milliseconds since the epoch */
    public HoldingGate(Gate gate, GateSettings settings, long until) {
        this.gate = gate;
        this.held = new AttemptQueue(settings);
        this.until = until;
    }

    /** Admits the attempt, but when it depends on what others have cost only once woken at the gate's time. */
    public List<GateCommand> hold(AgentAttempt attempt) {
        if (!isBudgeted(attempt)) {
            return admit(attempt);
        }
        if (held.contains(attempt.attemptId())) {
            return List.of();
        }
        List<GateCommand> commands = new ArrayList<>();
        if (!held.offer(attempt, displaced -> commands.add(full(displaced, attempt.issuedAt())))) {
            commands.add(full(attempt, attempt.issuedAt()));
        }
        return commands;
    }

    private GateCommand full(AgentAttempt attempt, long now) {
        return new GateCommand.Refuse(held.full(attempt, now));
    }

    @Override
    public void notAfter(long latest) {
        gate.notAfter(latest);
    }

    @Override
    public boolean isBudgeted(AgentAttempt attempt) {
        return gate.isBudgeted(attempt);
    }

    @Override
    public boolean isBlank() {
        return held.size() == 0 && gate.isBlank();
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
        while (until <= time && held.size() > 0) {
            AgentAttempt next = held.peek(tenant -> true);
            commands.addAll(gate.admit(held.poll(next.tenant())));
        }
        return commands;
    }

    @Override
    public long nextWake() {
        return held.size() > 0 ? Math.min(until, gate.nextWake()) : gate.nextWake();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        gate.write(out);
        out.writeByte(VERSION);
        held.write(out);
    }

    /**
     * Reads what stands after the gate itself.
     *
     * @throws IOException also when the bytes are of a version that this build does not know
     */
    public static HoldingGate read(Gate gate, GateSettings settings, long until, DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("attempts held in version " + version + "; this build reads version " + VERSION);
        }
        HoldingGate holding = new HoldingGate(gate, settings, until);
        holding.held.read(in);
        return holding;
    }
}
