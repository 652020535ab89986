package io.millrace.logic.rollout;

import io.millrace.logic.analytics.Histogram;
import io.millrace.schema.rollout.Evidence;
import io.millrace.schema.rollout.HealthCounted.Variant;
import io.millrace.schema.rollout.RolloutDefined.Metric;
import io.millrace.schema.rollout.RolloutDefined.MetricKind;

/**
 * What is known of one metric. Components are only ever appended.
 *
 * @param mhNew the part of the Mantel-Haenszel odds ratio above the line, {@code mhOld} the one below
 * @param thresholdMs of latency, as it was last; 0 before it is known
 */
public record MetricState(
        Bets bets,
        double newRequests,
        double newCount,
        double oldRequests,
        double oldCount,
        double mhNew,
        double mhOld,
        long thresholdMs) {

    static final MetricState NONE = new MetricState(Bets.NONE, 0, 0, 0, 0, 0, 0, 0);

    /** Latencies of the old variant before it is known what is slow. */
    private static final long ENOUGH_FOR_A_QUANTILE = 100;

    /** What of a variant is counted, and in how many requests. */
    private record Side(double count, double requests) {}

    /**
     * The same after an interval.
     *
     * @param known latencies of the old variant in earlier intervals: what is slow has to be known before
     */
    MetricState with(Metric metric, Variant fresh, Variant old, Histogram known, double weight) {
        if (metric.kind() != MetricKind.LATENCY) {
            return with(metric, side(metric, fresh), side(metric, old), weight, 0);
        }
        if (known.count() < ENOUGH_FOR_A_QUANTILE) {
            return this;
        }
        long bin = known.binOfQuantile(Plan.quantile(metric));
        return with(metric, slow(fresh, bin), slow(old, bin), weight, Histogram.largest(bin));
    }

    private static Side side(Metric metric, Variant variant) {
        double count = metric.kind() == MetricKind.ERRORS
                ? variant.errors()
                : Math.min(variant.requests(), variant.counts().getOrDefault(metric.event(), 0L));
        return new Side(count, variant.requests());
    }

    private static Side slow(Variant variant, long bin) {
        Histogram latencies = Histogram.of(variant.latencyBins());
        return new Side(latencies.above(bin), latencies.count());
    }

    private MetricState with(Metric metric, Side fresh, Side old, double weight, long threshold) {
        double tolerance = Plan.tolerance(metric);
        Bets after = metric.fewerIsWorse()
                ? bets.compared(old.count(), old.requests(), fresh.count(), fresh.requests(), tolerance, weight)
                : bets.compared(fresh.count(), fresh.requests(), old.count(), old.requests(), tolerance, weight);
        double all = Math.max(1, fresh.requests() + old.requests());
        return new MetricState(
                after,
                newRequests + weight * fresh.requests(),
                newCount + weight * fresh.count(),
                oldRequests + weight * old.requests(),
                oldCount + weight * old.count(),
                mhNew + weight * fresh.count() * (old.requests() - old.count()) / all,
                mhOld + weight * old.count() * (fresh.requests() - fresh.count()) / all,
                threshold);
    }

    MetricState nextStep() {
        return new MetricState(
                bets.nextStep(), newRequests, newCount, oldRequests, oldCount, mhNew, mhOld, thresholdMs);
    }

    boolean isEnough(int minRequests) {
        return newRequests >= minRequests && oldRequests >= minRequests;
    }

    Evidence evidence(Metric metric, int steps, double needed) {
        return new Evidence(
                metric.name(),
                rounded(newRequests, 1e3),
                rounded(newCount, 1e3),
                rounded(oldRequests, 1e3),
                rounded(oldCount, 1e3),
                mhOld > 0 ? (Double) rounded(mhNew / mhOld, 1e4) : null,
                thresholdMs == 0 ? null : thresholdMs,
                rounded(Math.log10(Math.max(1e-300, bets.wealth(steps))), 1e4),
                rounded(Math.log10(needed), 1e4));
    }

    /** As it is told: figures in events are read by people too. */
    private static double rounded(double value, double by) {
        return Math.round(value * by) / by;
    }
}
