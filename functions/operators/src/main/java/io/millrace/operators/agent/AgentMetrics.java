package io.millrace.operators.agent;

import io.millrace.logic.agent.CallEffect;
import io.millrace.operators.metric.ByName;
import io.millrace.schema.agent.AgentResult;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** The metrics of the agents job; docs/agents.md explains each. */
public final class AgentMetrics {
    /** By {@link #EFFECT}: what became of calls and outcomes. */
    public static final String CALLS = "calls";

    public static final String EFFECT = "effect";
    /** By {@link #AGENT} and {@link #STATUS}, as the two after it by agent. */
    public static final String RESULTS = "results";

    public static final String STATUS = "status";
    public static final String AGENT = "agent";
    /** The {@link #AGENT} of calls whose agent is not registered; no agent's name begins so. */
    public static final String UNKNOWN_AGENT = "-unknown-";

    public static final String TENANT = "tenant";
    public static final String CALL_MS = "call_ms";
    public static final String WAITING_CALLS = "waiting_calls";
    public static final String AGENTS = "agents";

    public static final String RUNNING_ATTEMPTS = "running_attempts";
    public static final String QUEUED_ATTEMPTS = "queued_attempts";
    public static final String CIRCUIT_OPEN = "circuit_open";
    public static final String SPENT_TODAY_MICROS = "spent_today_micros";
    public static final String SPENT_THIS_MONTH_MICROS = "spent_this_month_micros";
    public static final String RESERVED_MICROS = "reserved_micros";
    public static final String BUDGET_WARNINGS = "budget_warnings";
    public static final String REDIRECTED_RESULTS = "redirected_results";
    public static final String REFUSED_ATTEMPTS = "refused_attempts";
    public static final String STOPPED_ATTEMPTS = "stopped_attempts";

    private static final int HISTOGRAM_SAMPLES = 2_000;

    private AgentMetrics() {}

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Those of the owners of calls. */
    static final class CallMetrics {
        final Map<CallEffect, Counter> effects = new EnumMap<>(CallEffect.class);
        private final ByName<OfAgent> byAgent;

        CallMetrics(MetricGroup group) {
            byAgent = new ByName<>(agent -> new OfAgent(group.addGroup(AGENT, agent)));
            for (CallEffect effect : CallEffect.values()) {
                effects.put(effect, group.addGroup(EFFECT, label(effect)).counter(CALLS));
            }
        }

        /** @param known whether there is an agent of that name: anybody can make one up */
        void count(AgentResult result, boolean known) {
            byAgent.of(known ? result.agent() : UNKNOWN_AGENT).count(result);
        }
    }

    private static final class OfAgent {
        private final Map<AgentResult.Status, Counter> results = new EnumMap<>(AgentResult.Status.class);
        private final Histogram callMs;

        private OfAgent(MetricGroup group) {
            for (AgentResult.Status status : AgentResult.Status.values()) {
                results.put(status, group.addGroup(STATUS, label(status)).counter(RESULTS));
            }
            callMs = group.histogram(CALL_MS, new DescriptiveStatisticsHistogram(HISTOGRAM_SAMPLES));
        }

        private void count(AgentResult result) {
            results.get(result.status()).inc();
            callMs.update(result.totalMs());
        }
    }
}
