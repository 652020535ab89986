package io.millrace.operators.slo;

import io.millrace.operators.metric.ByName;
import io.millrace.schema.slo.SloStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The metrics of the slo job; docs/slo.md explains each. Of so many groups and topics as {@link ByName} allows. */
public final class SloMetrics {
    public static final String OBJECTIVES = "objectives";

    public static final String GROUP = "consumer_group";
    public static final String TOPIC = "topic";
    /** By {@link #GROUP} and {@link #TOPIC}, as the three after it. */
    public static final String LAG_MS = "lag_ms";

    public static final String LAG_RECORDS = "lag_records";
    public static final String VERDICT = "verdict";
    public static final String LEAST_BUDGET_LEFT = "least_budget_left";

    public static final String ALERTS = "alerts";
    public static final String STATE = "state";
    public static final String NOT_MEASURED = "statuses_not_measured";

    private final ByName<OfOne> byKey;
    private final Counter notMeasured;

    SloMetrics(MetricGroup group) {
        notMeasured = group.counter(NOT_MEASURED);
        byKey = new ByName<>(key -> key.equals(ByName.OTHERS) ? OfOne.NONE : OfOne.of(key, group));
    }

    void measure(String key, SloStatus status) {
        OfOne one = byKey.of(key);
        if (one == OfOne.NONE) {
            notMeasured.inc();
        } else {
            one.status = status;
        }
    }

    /** Of what is not there any more nothing lags; Flink keeps its metrics until the task ends. */
    void gone(String key) {
        OfOne one = byKey.of(key);
        if (one != OfOne.NONE) {
            one.status = null;
        }
    }

    private static final class OfOne {
        private static final OfOne NONE = new OfOne();

        private volatile SloStatus status;

        private static OfOne of(String key, MetricGroup group) {
            int slash = key.lastIndexOf('/');
            MetricGroup own = group.addGroup(GROUP, key.substring(0, slash)).addGroup(TOPIC, key.substring(slash + 1));
            OfOne one = new OfOne();
            own.gauge(LAG_MS, (Gauge<Long>) () -> one.status == null ? 0 : one.status.lagMs());
            own.gauge(LAG_RECORDS, (Gauge<Long>) () -> one.status == null ? 0 : one.status.lagRecords());
            own.gauge(VERDICT, (Gauge<Integer>)
                    () -> one.status == null ? 0 : one.status.verdict().ordinal());
            own.gauge(LEAST_BUDGET_LEFT, (Gauge<Double>) one::leastBudgetLeft);
            return one;
        }

        private double leastBudgetLeft() {
            SloStatus now = status;
            return now == null
                    ? 1
                    : now.objectives().stream()
                            .mapToDouble(SloStatus.Objective::budgetLeft)
                            .min()
                            .orElse(1);
        }
    }
}
