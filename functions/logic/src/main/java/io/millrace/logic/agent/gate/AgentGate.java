package io.millrace.logic.agent.gate;

import io.millrace.logic.agent.gate.BudgetWarning.Period;
import io.millrace.logic.agent.gate.BudgetWarning.Scope;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentAttemptCodec;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent may be given: requests and tokens per minute, attempts at once, money, and nothing while its circuit is
 * open. What is too much for the moment waits; tenants take turns. The limits are those of the attempt that came last.
 */
public final class AgentGate implements Gate {
    private static final int VERSION = 2;

    private final GateSettings settings;
    private final BudgetAccount ledger;
    private final OpenAttempts running = new OpenAttempts();
    private final CountedAttempts counted = new CountedAttempts();
    private final AttemptQueue queue;
    private final TokenBucket requests = new TokenBucket();
    private final TokenBucket tokens = new TokenBucket();
    private final Circuits circuits;
    private Rate rate = Rate.UNLIMITED;
    private Budget budget = Budget.UNLIMITED;
    private long clock;
    private long latest = Long.MAX_VALUE;

    public AgentGate(String agent, GateSettings settings) {
        this.settings = settings;
        this.ledger = new BudgetAccount(Scope.AGENT, agent);
        this.queue = new AttemptQueue(settings);
        this.circuits = new Circuits(settings);
    }

    @Override
    public void notAfter(long newLatest) {
        latest = newLatest;
        if (clock > latest) {
            clock = latest;
            ledger.notAfter(latest);
            counted.notAfter(latest);
            requests.notAfter(latest);
            tokens.notAfter(latest);
            circuits.notAfter(latest);
        }
    }

    @Override
    public boolean isBudgeted(AgentAttempt attempt) {
        return BudgetAccount.isBudgeted(attempt, attempt.budget());
    }

    @Override
    public List<GateCommand> admit(AgentAttempt attempt) {
        List<GateCommand> commands = new ArrayList<>();
        advance(attempt.issuedAt(), commands);
        if (running.contains(attempt.attemptId()) || queue.contains(attempt.attemptId())) {
            return commands;
        }
        rate = attempt.rate();
        budget = attempt.budget();
        if (!queue.hasRoomFor(attempt)) {
            queue.removeLate(clock, late -> commands.add(late(late)));
        }
        if (circuits.isOpen(attempt.tenant())) {
            commands.add(circuitOpen(attempt));
        } else if (queue.offer(attempt, displaced -> commands.add(full(displaced)))) {
            drain(commands);
        } else {
            commands.add(full(attempt));
        }
        return commands;
    }

    private GateCommand full(AgentAttempt attempt) {
        return new GateCommand.Refuse(queue.full(attempt, clock));
    }

    @Override
    public List<GateCommand> settle(AgentOutcome outcome, long loggedAt) {
        List<GateCommand> commands = new ArrayList<>();
        advance(loggedAt, commands);
        OpenAttempts.Open open = running.remove(outcome.attemptId());
        boolean counts = outcome.costMicros() > 0 && counted.add(outcome.attemptId(), clock);
        if (counts) {
            ledger.spend(outcome.costMicros());
        }
        if (open != null) {
            tokens.correct(open.tokens(), outcome.usage().total(), rate.tokensPerMinute(), clock);
            if (Circuit.saysNothing(outcome)) {
                circuits.passedOver(outcome.attemptId());
            } else {
                ended(outcome, commands);
            }
        }
        if (open != null || counts) {
            ledger.warn(budget, running.reservedMicros(), clock, commands);
            drain(commands);
        }
        return commands;
    }

    @Override
    public List<GateCommand> wake(long time) {
        List<GateCommand> commands = new ArrayList<>();
        advance(time, commands);
        return commands;
    }

    /** Lets moments pass, each in its own, up to {@code until}. */
    private void advance(long until, List<GateCommand> commands) {
        long time = Math.min(until, latest);
        long moment;
        while ((moment = nextWake()) <= time) {
            pass(moment, commands);
        }
        pass(time, commands);
    }

    private void pass(long moment, List<GateCommand> commands) {
        clock = Math.max(clock, moment);
        ledger.advance(clock);
        counted.advance(clock);
        circuits.advance(clock);
        OpenAttempts.Open lost;
        while ((lost = running.removeDue(clock)) != null) {
            // Its outcome was not read: that says nothing of the agent.
            circuits.passedOver(lost.attemptId());
        }
        drain(commands);
    }

    private void ended(AgentOutcome outcome, List<GateCommand> commands) {
        circuits.ended(outcome.tenant(), outcome.attemptId(), Circuit.isFailure(outcome), clock);
        for (String tenant : queue.tenants()) {
            AgentAttempt waiting;
            while (circuits.isOpen(tenant) && (waiting = queue.drop(tenant)) != null) {
                commands.add(circuitOpen(waiting));
            }
        }
    }

    /** Lets those start whose turn it is, as long as the limits allow. */
    private void drain(List<GateCommand> commands) {
        AgentAttempt next;
        while ((next = next(commands)) != null) {
            Period refusing =
                    counted.contains(next.attemptId()) ? null : ledger.refusing(next, budget, running.reservedMicros());
            if (refusing != null) {
                queue.drop(next.tenant());
                commands.add(new GateCommand.Refuse(TenantGate.exhausted(next, "agent", refusing, clock)));
                continue;
            }
            if (startsAt(next) > clock) {
                return;
            }
            start(queue.poll(next.tenant()), commands);
        }
    }

    /** Whose turn it is of those for whom no circuit is open; null when nobody waits. Refuses first who is too late. */
    private AgentAttempt next(List<GateCommand> commands) {
        AgentAttempt late;
        while ((late = queue.dropLate(clock)) != null) {
            commands.add(late(late));
        }
        return queue.peek(circuits::lets);
    }

    /** When the limits allow an attempt; {@link Long#MAX_VALUE} when that takes the end of another. */
    private long startsAt(AgentAttempt attempt) {
        boolean full = running.size() >= (rate.concurrent() > 0 ? rate.concurrent() : settings.concurrent());
        boolean large = running.size() > 0 && running.bytes() + attempt.inputBytes() > settings.runningBytes();
        if (full || large) {
            return Long.MAX_VALUE;
        }
        return Math.max(
                requests.readyAt(1, rate.requestsPerMinute(), clock),
                tokens.readyAt(attempt.estimate().total(), rate.tokensPerMinute(), clock));
    }

    private void start(AgentAttempt attempt, List<GateCommand> commands) {
        long estimate = attempt.estimate().total();
        requests.take(1, rate.requestsPerMinute(), clock);
        tokens.take(estimate, rate.tokensPerMinute(), clock);
        circuits.started(attempt.tenant(), attempt.attemptId());
        running.add(new OpenAttempts.Open(
                attempt.attemptId(),
                attempt.deadline() + settings.releaseAfter().toMillis(),
                counted.contains(attempt.attemptId()) ? 0 : attempt.estimatedMicros(),
                estimate,
                attempt.inputBytes()));
        commands.add(new GateCommand.Forward(attempt));
        ledger.warn(budget, running.reservedMicros(), clock, commands);
    }

    private GateCommand late(AgentAttempt attempt) {
        AgentError error =
                new AgentError(AgentErrorCode.DEADLINE_PASSED, "the deadline passed before the agent could be asked");
        return refuse(attempt, Status.TIMED_OUT, error, 0);
    }

    private GateCommand circuitOpen(AgentAttempt attempt) {
        AgentError error = new AgentError(
                AgentErrorCode.CIRCUIT_OPEN, "the agent failed too often, and is left alone for a while");
        return refuse(attempt, Status.RETRYABLE, error, Math.max(1, circuits.openUntil(attempt.tenant()) - clock));
    }

    private GateCommand refuse(AgentAttempt attempt, Status status, AgentError error, long retryAfterMs) {
        return new GateCommand.Refuse(AgentOutcome.without(attempt, status, error, retryAfterMs, clock));
    }

    /** Never: there are not many agents. */
    @Override
    public boolean isBlank() {
        return false;
    }

    @Override
    public long nextWake() {
        AgentAttempt next = queue.peek(circuits::lets);
        long starts = next == null ? Long.MAX_VALUE : startsAt(next);
        return Math.min(Math.min(queue.nextDeadline(), starts), running.nextRelease());
    }

    /** How many attempts run. */
    public int running() {
        return running.size();
    }

    /** How many attempts wait. */
    public int queued() {
        return queue.size();
    }

    /** Whether the agent is left alone for now, if only by one tenant. */
    public boolean isCircuitOpen() {
        return circuits.isAnyOpen();
    }

    /** Millionths of the currency, of the day in UTC. */
    public long spentToday() {
        return ledger.spentToday();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(clock);
        AgentAttemptCodec.writeLimits(rate, budget, out);
        ledger.write(out);
        running.write(out);
        requests.write(out);
        tokens.write(out);
        circuits.write(out);
        queue.write(out);
        counted.write(out);
    }

    /** @throws IOException also when the bytes are of a version that this build does not know */
    public static AgentGate read(String agent, GateSettings settings, DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "an agent's gate in version " + version + "; this build reads versions 1 to " + VERSION);
        }
        AgentGate gate = new AgentGate(agent, settings);
        gate.clock = in.readLong();
        gate.rate = AgentAttemptCodec.readRate(in);
        gate.budget = AgentAttemptCodec.readBudget(in);
        gate.ledger.read(in);
        gate.running.read(in);
        gate.requests.read(in);
        gate.tokens.read(in);
        if (version == 1) {
            gate.circuits.readVersion1(in);
        } else {
            gate.circuits.read(in);
        }
        gate.queue.read(in);
        gate.counted.read(in);
        return gate;
    }
}
