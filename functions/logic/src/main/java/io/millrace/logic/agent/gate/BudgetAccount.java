package io.millrace.logic.agent.gate;

import io.millrace.logic.agent.gate.BudgetWarning.Period;
import io.millrace.logic.agent.gate.BudgetWarning.Scope;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What was spent this day and this month, in UTC by log time, against a budget. Amounts are millionths of the currency.
 */
final class BudgetAccount {
    private static final int WARN_PERCENT = 80;
    /** What is more counts as much: with reservations and an estimate it is within a long. */
    private static final long MAX_SPENT = Long.MAX_VALUE / 4;

    private final Scope scope;
    private final String name;
    private final Entry day = new Entry(Period.DAY);
    private final Entry month = new Entry(Period.MONTH);

    /** What was spent in one period. */
    private static final class Entry {
        private final Period period;
        /** Days since the epoch, or months since the year 0. */
        private long number = Long.MIN_VALUE;

        private long spent;
        private boolean warned;

        private Entry(Period period) {
            this.period = period;
        }

        /** Forgets the period before; time does not run backwards. */
        private void advance(long newNumber) {
            if (newNumber > number) {
                number = newNumber;
                spent = 0;
                warned = false;
            }
        }

        private void notAfter(long latestNumber) {
            number = Math.min(number, latestNumber);
        }

        private void spend(long micros) {
            spent = Math.min(MAX_SPENT, spent + Math.min(MAX_SPENT, micros));
        }

        private boolean admits(long limit, long reserved, long estimate) {
            long committed = spent + reserved;
            return limit == 0 || committed < limit && committed + estimate <= limit;
        }
    }

    BudgetAccount(Scope scope, String name) {
        this.scope = scope;
        this.name = name;
    }

    /** @param now log time, milliseconds since the epoch */
    void advance(long now) {
        LocalDate date = dateOf(now);
        day.advance(date.toEpochDay());
        month.advance(monthOf(date));
    }

    /**
     * Takes what was spent in a period after that of {@code latest} to be spent in that one: it was, by a clock that
     * was wrong.
     */
    void notAfter(long latest) {
        LocalDate date = dateOf(latest);
        day.notAfter(date.toEpochDay());
        month.notAfter(monthOf(date));
    }

    private static LocalDate dateOf(long time) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
    }

    private static long monthOf(LocalDate date) {
        return date.getYear() * 12L + date.getMonthValue() - 1;
    }

    /** Whether the budget may ever refuse the attempt: what has no price passes always. */
    static boolean isBudgeted(AgentAttempt attempt, Budget budget) {
        return attempt.model() != null && !budget.equals(Budget.UNLIMITED);
    }

    /**
     * Which period's budget does not allow an attempt; null when both do.
     *
     * @param reserved for attempts whose outcome is not known
     */
    Period refusing(AgentAttempt attempt, Budget budget, long reserved) {
        long estimate = attempt.estimatedMicros();
        if (!isBudgeted(attempt, budget)) {
            return null;
        }
        if (!day.admits(budget.dayMicros(), reserved, estimate)) {
            return Period.DAY;
        }
        return month.admits(budget.monthMicros(), reserved, estimate) ? null : Period.MONTH;
    }

    /** @param micros never negative */
    void spend(long micros) {
        day.spend(micros);
        month.spend(micros);
    }

    /** Warns of each period, once, when what is committed has come to 80 % of its budget. */
    void warn(Budget budget, long reserved, long now, List<GateCommand> commands) {
        warn(day, budget.dayMicros(), reserved, now, commands);
        warn(month, budget.monthMicros(), reserved, now, commands);
    }

    private void warn(Entry entry, long limit, long reserved, long now, List<GateCommand> commands) {
        long committed = entry.spent + reserved;
        if (limit > 0 && !entry.warned && committed >= limit - limit / 100 * (100 - WARN_PERCENT)) {
            entry.warned = true;
            commands.add(new GateCommand.Warn(new BudgetWarning(scope, name, entry.period, limit, committed, now)));
        }
    }

    /** Whether nothing was spent. */
    boolean isBlank() {
        return month.spent == 0 && day.spent == 0;
    }

    /** When the month of {@code now} is over, both milliseconds since the epoch. */
    static long monthEnd(long now) {
        return YearMonth.from(Instant.ofEpochMilli(now).atZone(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }

    long spentToday() {
        return day.spent;
    }

    long spentThisMonth() {
        return month.spent;
    }

    void write(DataOutput out) throws IOException {
        for (Entry entry : List.of(day, month)) {
            out.writeLong(entry.number);
            Binary.writeSigned(out, entry.spent);
            out.writeBoolean(entry.warned);
        }
    }

    void read(DataInput in) throws IOException {
        for (Entry entry : List.of(day, month)) {
            entry.number = in.readLong();
            entry.spent = Binary.readSigned(in);
            entry.warned = in.readBoolean();
        }
    }
}
