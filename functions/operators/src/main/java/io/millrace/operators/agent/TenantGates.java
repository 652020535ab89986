package io.millrace.operators.agent;

import io.millrace.logic.agent.gate.Gate;
import io.millrace.logic.agent.gate.GateSettings;
import io.millrace.logic.agent.gate.TenantGate;
import io.millrace.schema.agent.AgentDefinition.Budget;
import java.io.DataInput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The gates of tenants: what each may spend. */
public final class TenantGates implements Gates {
    private static final long serialVersionUID = 1L;

    private final GateSettings settings;
    private final Budget others;
    private final HashMap<String, Budget> budgets;

    /** @param others the budget of each tenant that is not among {@code budgets} */
    public TenantGates(GateSettings settings, Budget others, Map<String, Budget> budgets) {
        this.settings = settings;
        this.others = others;
        this.budgets = new HashMap<>(budgets);
    }

    private Budget budget(String tenant) {
        return budgets.getOrDefault(tenant, others);
    }

    @Override
    public GateSettings settings() {
        return settings;
    }

    @Override
    public boolean isLimited(String tenant) {
        return !budget(tenant).equals(Budget.UNLIMITED);
    }

    /** Only those with a budget of their own: anybody can make up a tenant's name. */
    @Override
    public boolean isMeasured(String tenant) {
        return budgets.containsKey(tenant);
    }

    @Override
    public Gate create(String tenant) {
        return new TenantGate(tenant, budget(tenant), settings);
    }

    @Override
    public Gate read(String tenant, DataInput in) throws IOException {
        return TenantGate.read(tenant, budget(tenant), settings, in);
    }

    @Override
    public void measure(String tenant, Gate gate, MetricGroup group) {
        TenantGate ofTenant = (TenantGate) gate;
        MetricGroup named = group.addGroup(AgentMetrics.TENANT, tenant);
        named.gauge(AgentMetrics.SPENT_TODAY_MICROS, (Gauge<Long>) ofTenant::spentToday);
        named.gauge(AgentMetrics.SPENT_THIS_MONTH_MICROS, (Gauge<Long>) ofTenant::spentThisMonth);
        named.gauge(AgentMetrics.RESERVED_MICROS, (Gauge<Long>) ofTenant::reserved);
    }
}
