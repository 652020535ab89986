package io.millrace.auditor;

import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an auditor of calls must know about the run.
 *
 * @param run whether it had crashes, how long results may take beyond their deadlines, which share is audited; what
 *     concerns tasks in it is not looked at
 * @param dedupWindow how long the job remembers the key of a call that has ended
 * @param unknownAgentWait how long a call waits for the registration of its agent
 * @param resultTopics where results go: the default and what calls name as {@code reply_to}
 * @param tenantBudgets of the job's configuration; a tenant without one has no limit
 * @param allowanceMicros by how many millionths of the currency a budget may be overspent, because estimates were too
 *     small
 * @param tenantPrefix only calls of tenants whose name starts with this are audited; empty for all
 */
public record CallAuditSettings(
        AuditSettings run,
        Duration dedupWindow,
        Duration unknownAgentWait,
        List<String> resultTopics,
        Map<String, Budget> tenantBudgets,
        long allowanceMicros,
        String tenantPrefix) {

    /** Millionths of the currency; 0 for no limit. */
    public record Budget(long dayMicros, long monthMicros) {
        public static final Budget UNLIMITED = new Budget(0, 0);
    }

    public CallAuditSettings {
        resultTopics = List.copyOf(resultTopics);
        tenantBudgets = Map.copyOf(tenantBudgets);
    }

    /** For a job with its default settings, and tenants without budgets. */
    public static CallAuditSettings of(AuditSettings run) {
        return new CallAuditSettings(
                run, Duration.ofHours(24), Duration.ofSeconds(5), List.of(Topics.AGENT_RESULTS), Map.of(), 0, "");
    }

    /** The same with budgets. */
    public CallAuditSettings budgets(Map<String, Budget> ofTenants, long allowance) {
        return new CallAuditSettings(
                run, dedupWindow, unknownAgentWait, resultTopics, ofTenants, allowance, tenantPrefix);
    }

    /** The same with results on these topics. */
    public CallAuditSettings results(List<String> topics) {
        return new CallAuditSettings(
                run, dedupWindow, unknownAgentWait, topics, tenantBudgets, allowanceMicros, tenantPrefix);
    }

    /** The same for the tenants whose name starts with this: what others called is passed over. */
    public CallAuditSettings tenantsStartingWith(String prefix) {
        return new CallAuditSettings(
                run, dedupWindow, unknownAgentWait, resultTopics, tenantBudgets, allowanceMicros, prefix);
    }

    /** The same of another run, or another share of it. */
    CallAuditSettings with(AuditSettings otherRun) {
        return new CallAuditSettings(
                otherRun, dedupWindow, unknownAgentWait, resultTopics, tenantBudgets, allowanceMicros, tenantPrefix);
    }

    boolean covers(String tenant, UUID key) {
        return tenant.startsWith(tenantPrefix) && run.covers(key.hashCode());
    }

    Budget tenantBudget(String tenant) {
        return tenantBudgets.getOrDefault(tenant, Budget.UNLIMITED);
    }
}
