package io.millrace.logic.agent.gate;

/**
 * That a budget is nearly used up.
 *
 * @param name of the tenant or the agent
 * @param limitMicros millionths of the currency
 * @param committedMicros spent, and reserved for attempts whose outcome is not known
 * @param time log time, milliseconds since the epoch
 */
public record BudgetWarning(
        Scope scope, String name, Period period, long limitMicros, long committedMicros, long time) {

    /** Whose budget it is. */
    public enum Scope {
        TENANT,
        AGENT
    }

    /** What it is for, in UTC. */
    public enum Period {
        DAY,
        MONTH
    }
}
