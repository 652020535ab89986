package io.millrace.jobs.agents;

import io.millrace.operators.agent.AgentMetrics;
import io.millrace.operators.metric.ByName;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What attempts took, by agent and by model. Outcomes come on any thread. */
final class AttemptMetrics {
    /** By {@link AgentMetrics#AGENT} and {@link AgentMetrics#STATUS}. */
    static final String ATTEMPTS = "attempts";

    /** By {@link AgentMetrics#AGENT}. */
    static final String ATTEMPT_MS = "attempt_ms";

    /** By {@link AgentMetrics#AGENT}: those that would have gone where no request may go. */
    static final String NOT_ALLOWED_ATTEMPTS = "not_allowed_attempts";

    static final String MODEL = "model";
    /** By {@link #MODEL}, as the two after it. */
    static final String INPUT_TOKENS = "input_tokens";

    static final String OUTPUT_TOKENS = "output_tokens";
    static final String COST_MICROS = "cost_micros";

    private static final int HISTOGRAM_SAMPLES = 2_000;

    private final ByName<OfAgent> byAgent;
    private final ByName<OfModel> byModel;

    AttemptMetrics(MetricGroup group) {
        byAgent = new ByName<>(agent -> new OfAgent(group.addGroup(AgentMetrics.AGENT, agent)));
        byModel = new ByName<>(model -> new OfModel(group.addGroup(MODEL, model)));
    }

    /** @param model null for an agent that costs nothing */
    void count(AgentOutcome outcome, String model) {
        byAgent.of(outcome.agent()).count(outcome);
        if (model != null) {
            byModel.of(model).count(outcome);
        }
    }

    private static final class OfAgent {
        private final Map<AgentOutcome.Status, Counter> attempts = new EnumMap<>(AgentOutcome.Status.class);
        private final Histogram attemptMs;
        private final Counter notAllowed;

        private OfAgent(MetricGroup group) {
            for (AgentOutcome.Status status : AgentOutcome.Status.values()) {
                String label = status.name().toLowerCase(Locale.ROOT);
                attempts.put(
                        status,
                        group.addGroup(AgentMetrics.STATUS, label).counter(ATTEMPTS, new ThreadSafeSimpleCounter()));
            }
            notAllowed = group.counter(NOT_ALLOWED_ATTEMPTS, new ThreadSafeSimpleCounter());
            attemptMs = group.histogram(ATTEMPT_MS, new DescriptiveStatisticsHistogram(HISTOGRAM_SAMPLES));
        }

        private void count(AgentOutcome outcome) {
            attempts.get(outcome.status()).inc();
            if (outcome.error() != null && outcome.error().code() == AgentErrorCode.HOST_NOT_ALLOWED) {
                notAllowed.inc();
            }
            synchronized (attemptMs) {
                attemptMs.update(outcome.endedAt() - outcome.startedAt());
            }
        }
    }

    private static final class OfModel {
        private final Counter inputTokens;
        private final Counter outputTokens;
        private final Counter costMicros;

        private OfModel(MetricGroup group) {
            inputTokens = group.counter(INPUT_TOKENS, new ThreadSafeSimpleCounter());
            outputTokens = group.counter(OUTPUT_TOKENS, new ThreadSafeSimpleCounter());
            costMicros = group.counter(COST_MICROS, new ThreadSafeSimpleCounter());
        }

        private void count(AgentOutcome outcome) {
            inputTokens.inc(outcome.usage().inputTokens());
            outputTokens.inc(outcome.usage().outputTokens());
            costMicros.inc(outcome.costMicros());
        }
    }
}
