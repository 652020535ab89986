package io.millrace.auditor;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What somebody spends in one period.
 *
 * @param name of the tenant, or the agent
 * @param period {@code 2026-11-20} or {@code 2026-11}, in UTC
 */
record Account(Scope scope, String name, String period) {

    /** Who has budgets. */
    enum Scope {
        TENANT,
        AGENT
    }

    private static final int MONTH_LENGTH = "2026-11".length();

    /** @param millis since the epoch */
    static Account day(Scope scope, String name, long millis) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
        return new Account(scope, name, day.toString());
    }

    Account month() {
        return new Account(scope, name, period.substring(0, MONTH_LENGTH));
    }

    boolean isMonth() {
        return period.length() == MONTH_LENGTH;
    }

    @Override
    public String toString() {
        return (scope == Scope.TENANT ? "tenant " : "agent ") + name + ", " + period;
    }
}
