package io.millrace.chaos.agent;

import io.millrace.auditor.AuditSettings;
import io.millrace.auditor.CallAuditFeed;
import io.millrace.auditor.CallAuditReport;
import io.millrace.auditor.CallAuditSettings;
import io.millrace.auditor.CallAuditSettings.Budget;
import io.millrace.chaos.workload.Act;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Has the auditor judge the calls of an episode, and compares them with what the agents were asked. */
final class CallJudge implements Act {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration TOLERANCE = Duration.ofMillis(500);
    /** After the last deadline: longer than the job is away, and the grace. */
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final CallPlan plan;
    private final Supplier<List<Ask>> asks;
    private final SeenRecords seen;
    private final CallAuditFeed feed;

    /**
     * Begins to read now: before the first call of the plan.
     *
     * @param budget of the poor tenant
     * @param asks what the agents of the plan were asked until now
     */
    CallJudge(String bootstrapServers, CallPlan plan, Budget budget, Supplier<List<Ask>> asks) {
        this.plan = plan;
        this.asks = asks;
        seen = new SeenRecords(plan.prefix());
        CallAuditSettings settings = settings(Duration.ZERO, Map.of(plan.prefix() + CallPlan.POOR, budget))
                .tenantsStartingWith(plan.prefix());
        feed = CallAuditFeed.fromNow(bootstrapServers, settings, seen::accept);
    }

    /** Agents never use more than is estimated: no budget may be overspent at all. */
    static CallAuditSettings settings(Duration longestOutage, Map<String, Budget> budgets) {
        return CallAuditSettings.of(AuditSettings.withCrashes(longestOutage).within(GRACE, TOLERANCE))
                .results(AgentWorkload.RESULT_TOPICS)
                .budgets(budgets, 0);
    }

    @Override
    public List<Publication> publications() {
        return plan.publications();
    }

    /** When every call has its result, or should have it. */
    @Override
    public Report judge(Instant start) {
        Instant end = start.plusMillis(CallPlan.LAST_DUE).plus(PATIENCE);
        Report report;
        boolean done;
        do {
            report = look();
            done = report.isClean() && seen.answersAll(plan.calls());
        } while (!done && Instant.now().isBefore(end));
        return report;
    }

    /** Reads on for a moment, and judges what is there. */
    Report look() {
        long end = System.nanoTime() + LOOK_EVERY.toNanos();
        while (System.nanoTime() < end) {
            feed.poll(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        Duration outage = seen.slowest(plan.calls());
        // What was due by now must be there: the grace is for what is just coming.
        CallAuditReport audited = feed.report(Instant.now().plus(GRACE), outage);
        return new CallReports(audited, outage)
                .with(new AskCheck(plan.calls(), asks.get()), seen)
                .report();
    }

    @Override
    public void close() {
        feed.close();
    }
}
