package io.millrace.logic.agent.gate;

import io.millrace.logic.agent.gate.BudgetWarning.Period;
import io.millrace.logic.agent.gate.BudgetWarning.Scope;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a tenant may spend. An attempt passes when what was spent, what is reserved for attempts under way and its own
 * estimate are within the budget: it is never overspent by more than the estimates were wrong.
 */
public final class TenantGate implements Gate {
    private static final int VERSION = 1;

    private final Budget budget;
    private final GateSettings settings;
    private final BudgetAccount ledger;
    private final OpenAttempts open = new OpenAttempts();
    private final CountedAttempts counted = new CountedAttempts();
    private long clock;
    private long latest = Long.MAX_VALUE;

    public TenantGate(String tenant, Budget budget, GateSettings settings) {
        this.budget = budget;
        this.settings = settings;
        this.ledger = new BudgetAccount(Scope.TENANT, tenant);
    }

    @Override
    public void notAfter(long newLatest) {
        latest = newLatest;
        if (clock > latest) {
            clock = latest;
            ledger.notAfter(latest);
            counted.notAfter(latest);
        }
    }

    @Override
    public boolean isBudgeted(AgentAttempt attempt) {
        return BudgetAccount.isBudgeted(attempt, budget);
    }

    @Override
    public List<GateCommand> admit(AgentAttempt attempt) {
        advance(attempt.issuedAt());
        if (open.contains(attempt.attemptId())) {
            return List.of();
        }
        if (counted.contains(attempt.attemptId())) {
            return List.of(new GateCommand.Forward(attempt));
        }
        Period refusing = ledger.refusing(attempt, budget, open.reservedMicros());
        if (refusing != null) {
            return List.of(new GateCommand.Refuse(exhausted(attempt, "tenant", refusing, clock)));
        }
        open.add(new OpenAttempts.Open(
                attempt.attemptId(),
                attempt.deadline() + settings.releaseAfter().toMillis(),
                attempt.estimatedMicros(),
                0,
                0));
        List<GateCommand> commands = new ArrayList<>();
        commands.add(new GateCommand.Forward(attempt));
        ledger.warn(budget, open.reservedMicros(), clock, commands);
        return commands;
    }

    static AgentOutcome exhausted(AgentAttempt attempt, String whose, Period period, long now) {
        AgentError error = new AgentError(
                AgentErrorCode.BUDGET_EXHAUSTED,
                "the " + whose + "'s budget for the " + period.name().toLowerCase(Locale.ROOT) + " is used up");
        return AgentOutcome.without(attempt, AgentOutcome.Status.REFUSED, error, 0, now);
    }

    @Override
    public List<GateCommand> settle(AgentOutcome outcome, long loggedAt) {
        advance(loggedAt);
        open.remove(outcome.attemptId());
        if (outcome.costMicros() == 0 || !counted.add(outcome.attemptId(), clock)) {
            return List.of();
        }
        ledger.spend(outcome.costMicros());
        List<GateCommand> commands = new ArrayList<>();
        ledger.warn(budget, open.reservedMicros(), clock, commands);
        return commands;
    }

    /** Gives up reservations whose outcome did not come, and forgets what is of no use any more. */
    @Override
    public List<GateCommand> wake(long time) {
        advance(time);
        return List.of();
    }

    private void advance(long time) {
        clock = Math.max(clock, Math.min(time, latest));
        ledger.advance(clock);
        counted.advance(clock);
        while (open.removeDue(clock) != null) {
            // Taking it out gives it up.
        }
    }

    @Override
    public boolean isBlank() {
        return open.size() == 0 && ledger.isBlank() && counted.nextForgotten() == Long.MAX_VALUE;
    }

    /** Also to be forgotten: anybody can make up a tenant's name. */
    @Override
    public long nextWake() {
        long spent = ledger.isBlank() ? Long.MAX_VALUE : BudgetAccount.monthEnd(clock);
        return Math.min(open.nextRelease(), Math.min(spent, counted.nextForgotten()));
    }

    /** Millionths of the currency, of the day in UTC. */
    public long spentToday() {
        return ledger.spentToday();
    }

    /** Millionths of the currency, of the month in UTC. */
    public long spentThisMonth() {
        return ledger.spentThisMonth();
    }

    /** Millionths of the currency, for attempts whose outcome is not known. */
    public long reserved() {
        return open.reservedMicros();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(clock);
        ledger.write(out);
        open.write(out);
        counted.write(out);
    }

    /** @throws IOException also when the bytes are of a version that this build does not know */
    public static TenantGate read(String tenant, Budget budget, GateSettings settings, DataInput in)
            throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("a tenant's gate in version " + version + "; this build reads version " + VERSION);
        }
        TenantGate gate = new TenantGate(tenant, budget, settings);
        gate.clock = in.readLong();
        gate.ledger.read(in);
        gate.open.read(in);
        gate.counted.read(in);
        return gate;
    }
}
