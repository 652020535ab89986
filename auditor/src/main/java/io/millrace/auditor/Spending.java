package io.millrace.auditor;

import io.millrace.auditor.Account.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What attempts cost and results billed, in millionths of the currency. Shares of a history are judged only together.
 *
 * <p>An attempt that ran over midnight is of neither day, as the page does not say of which: a budget is found
 * overspent only when it certainly is.
 */
final class Spending {
    private final Map<Account, Long> spent = new HashMap<>();
    private final Map<String, Long> spentByTenant = new HashMap<>();
    private final Map<String, Long> billedByTenant = new HashMap<>();
    private final Map<Account, Long> limits = new HashMap<>();

    /** What the first outcome of an attempt says. */
    void spend(OutcomeRecord outcome) {
        spentByTenant.merge(outcome.tenant(), outcome.costMicros(), Long::sum);
        spend(Scope.TENANT, outcome.tenant(), outcome);
        spend(Scope.AGENT, outcome.agent(), outcome);
    }

    private void spend(Scope scope, String name, OutcomeRecord outcome) {
        Account end = Account.day(scope, name, outcome.logTime());
        Account start = Account.day(scope, name, outcome.startedAt());
        if (end.equals(start)) {
            spent.merge(end, outcome.costMicros(), Long::sum);
        }
        if (end.month().equals(start.month())) {
            spent.merge(end.month(), outcome.costMicros(), Long::sum);
        }
    }

    /** What the first result of a call says. */
    void bill(String tenant, ResultRecord result) {
        billedByTenant.merge(tenant, result.costMicros(), Long::sum);
    }

    /** Looks up the limit of each account; {@code allowance} is how much more than that may have been spent. */
    void limit(CallAuditSettings settings, AgentHistory agents) {
        for (Account account : spent.keySet()) {
            CallAuditSettings.Budget budget = account.scope() == Scope.TENANT
                    ? settings.tenantBudget(account.name())
                    : agents.budget(account.name());
            long limit = account.isMonth() ? budget.monthMicros() : budget.dayMicros();
            if (limit > 0) {
                limits.put(account, limit + settings.allowanceMicros());
            }
        }
    }

    Spending and(Spending other) {
        Spending sum = new Spending();
        for (Spending each : List.of(this, other)) {
            each.spent.forEach((account, micros) -> sum.spent.merge(account, micros, Long::sum));
            each.spentByTenant.forEach((tenant, micros) -> sum.spentByTenant.merge(tenant, micros, Long::sum));
            each.billedByTenant.forEach((tenant, micros) -> sum.billedByTenant.merge(tenant, micros, Long::sum));
            sum.limits.putAll(each.limits);
        }
        return sum;
    }

    /** All of it. */
    long micros() {
        return spentByTenant.values().stream().mapToLong(Long::longValue).sum();
    }

    List<Offence> offences() {
        List<Offence> offences = new ArrayList<>();
        limits.forEach((account, limit) -> {
            long micros = spent.get(account);
            if (micros > limit) {
                offences.add(new Offence(
                        OffenceKind.OVERSPENT,
                        account.toString(),
                        micros + " millionths spent, at most " + limit
                                + " allowed, what estimates may be wrong by included"));
            }
        });
        billedByTenant.forEach((tenant, billed) -> {
            long micros = spentByTenant.getOrDefault(tenant, 0L);
            if (billed > micros) {
                offences.add(new Offence(
                        OffenceKind.WRONG,
                        "tenant " + tenant,
                        "results say that calls cost " + billed + " millionths, outcomes only " + micros));
            }
        });
        return offences;
    }
}
