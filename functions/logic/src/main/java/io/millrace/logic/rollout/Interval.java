package io.millrace.logic.rollout;

import io.millrace.logic.analytics.Histogram;
import io.millrace.schema.rollout.HealthCounted.Variant;
import io.millrace.schema.rollout.RolloutDefined.Limits;

/**
 * What the new variant did in a minute, or in an interval that is longer, all sources together.
 *
 * @param from when it began, milliseconds since the epoch
 */
public record Interval(long from, double requests, double errors, Histogram latencies) {
    /** Of fewer requests no rate says anything; of how many a quantile does. */
    private static final int ENOUGH = 20;

    private static final int ENOUGH_FOR_P99 = 100;

    static Interval at(long from) {
        return new Interval(from, 0, 0, Histogram.EMPTY);
    }

    Interval with(Variant fresh, double weight) {
        return new Interval(
                from,
                requests + weight * fresh.requests(),
                errors + weight * fresh.errors(),
                latencies.plus(Watch.weighed(Histogram.of(fresh.latencyBins()), weight)));
    }

    /** Whether there is enough to be judged by any limit. */
    boolean isEnough() {
        return requests >= ENOUGH;
    }

    boolean hasMoreErrorsThan(Limits limits) {
        return limits.maxErrorRate() != null && isEnough() && errors / requests > limits.maxErrorRate();
    }

    boolean isSlowerThanP95(Limits limits) {
        return limits.p95Ms() != null && latencies.count() >= ENOUGH && latencies.quantile(0.95) > limits.p95Ms();
    }

    boolean isSlowerThanP99(Limits limits) {
        return limits.p99Ms() != null
                && latencies.count() >= ENOUGH_FOR_P99
                && latencies.quantile(0.99) > limits.p99Ms();
    }
}
