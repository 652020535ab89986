package io.millrace.logic.rollout;

import io.millrace.logic.analytics.Histogram;
import io.millrace.schema.rollout.Evidence;
import io.millrace.schema.rollout.HealthCounted;
import io.millrace.schema.rollout.HealthCounted.Variant;
import io.millrace.schema.rollout.RolloutDefined.Limits;
import io.millrace.schema.rollout.RolloutDefined.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What is known of how both variants do, since the roll-out was started. As large as there are sources and metrics, however long it
 * takes. Components are only ever appended.
 *
 * @param sources by name
 * @param metrics in the order of the definition
 * @param tooMany bets that the new variant has more than its share of the requests, {@code tooFew} less
 * @param recent the latest minutes of the new variant, or its intervals when these are longer, in their order
 * @param oldLatencies of the old variant
 * @param newSinceStep requests of the new variant since the step began and was warm, as {@code oldSinceStep}
 * @param newUntil the end of the latest interval with a request of the new variant, milliseconds since the epoch; 0 for none
 * @param path how near it was to a roll-back
 * @param millis how long an interval is, as the latest says; 0 before the first
 */
public record Watch(
        Map<String, SourceState> sources,
        List<MetricState> metrics,
        Bets tooMany,
        Bets tooFew,
        List<Interval> recent,
        Histogram oldLatencies,
        double newSinceStep,
        double oldSinceStep,
        long newUntil,
        WatchPath path,
        long millis) {

    /** As many minutes as a limit can be exceeded for, and the latest, which may not be whole. */
    private static final int MAX_RECENT = 61;

    private static final double RATIO_NEEDED = 2_000;
    private static final long MINUTE = 60_000;

    /** Nothing is known. @param before whose signals were counted and until when, or null */
    static Watch begin(Plan plan, Watch before) {
        Map<String, SourceState> known = new TreeMap<>();
        if (before != null) {
            before.sources.forEach((name, source) -> known.put(name, source.restarted()));
            known.keySet().removeIf(name -> plan.weightPerMinute(name) == 0);
        }
        return new Watch(
                known,
                Collections.nCopies(plan.metrics().size(), MetricState.NONE),
                Bets.NONE,
                Bets.NONE,
                List.of(),
                Histogram.EMPTY,
                0,
                0,
                0,
                WatchPath.NONE,
                0);
    }

    /** The same when a step begins: there has to be news of it before the next one. */
    Watch nextStep() {
        return new Watch(
                sources,
                metrics.stream().map(MetricState::nextStep).toList(),
                Bets.NONE,
                Bets.NONE,
                List.of(),
                oldLatencies,
                0,
                0,
                0,
                path,
                millis);
    }

    /** Whether an interval of a source was counted before, or one after it. */
    boolean knows(HealthCounted counted) {
        SourceState source = sources.get(counted.source());
        return source != null && counted.from().toEpochMilli() <= source.lastFrom();
    }

    /**
     * The same after an interval of a source that counts.
     *
     * @param evidenceFrom what began before is no evidence, milliseconds since the epoch
     * @param share of the requests that should have the new variant; 0 when that is not known
     */
    Watch with(Plan plan, HealthCounted counted, long evidenceFrom, double share) {
        long from = counted.from().toEpochMilli();
        Variant fresh = variant(counted, plan.defined().to());
        Variant old = variant(counted, plan.defined().from());
        Map<String, SourceState> known = new TreeMap<>(sources);
        known.merge(
                counted.source(), SourceState.NONE.with(from, fresh), (before, ignored) -> before.with(from, fresh));
        long until = fresh.requests() > 0 ? Math.max(newUntil, from + counted.millis()) : newUntil;
        if (from < evidenceFrom) {
            return new Watch(
                    known,
                    metrics,
                    tooMany,
                    tooFew,
                    recent,
                    oldLatencies,
                    newSinceStep,
                    oldSinceStep,
                    until,
                    path,
                    counted.millis());
        }
        double requests = Math.max(1, fresh.requests() + old.requests());
        double most = plan.weightPerMinute(counted.source()) * counted.millis() / MINUTE;
        double weight = Math.min(1, most / requests);
        List<MetricState> judged = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            judged.add(metrics.get(i).with(plan.metrics().get(i), fresh, old, oldLatencies, weight));
        }
        Bets more = tooMany;
        Bets fewer = tooFew;
        if (share > 0 && share < 1) {
            double tolerance = plan.sampleRatioTolerance();
            more = more.with(fresh.requests(), fresh.requests() + old.requests(), upTo(share, tolerance), weight);
            fewer = fewer.with(old.requests(), fresh.requests() + old.requests(), upTo(1 - share, tolerance), weight);
        }
        long bucket = Math.max(MINUTE, counted.millis());
        return new Watch(
                known,
                List.copyOf(judged),
                more,
                fewer,
                recent(Math.floorDiv(from, bucket) * bucket, fresh, weight),
                oldLatencies.plus(weighed(Histogram.of(old.latencyBins()), weight)),
                newSinceStep + weight * fresh.requests(),
                oldSinceStep + weight * old.requests(),
                until,
                path.with(Math.round(1e3 * Math.max(0, nearest(judged, plan))) / 1e3),
                counted.millis());
    }

    private static double upTo(double share, double tolerance) {
        return share * tolerance / (share * tolerance + 1 - share);
    }

    private static Variant variant(HealthCounted counted, String name) {
        return counted.variants().stream()
                .filter(variant -> variant.variant().equals(name))
                .findFirst()
                .orElseGet(() -> new Variant(name, 0, 0, List.of(), Map.of(), 0, 0, 0, 0));
    }

    /** A part of what is in each bin, rounded down. */
    static Histogram weighed(Histogram histogram, double weight) {
        if (weight >= 1) {
            return histogram;
        }
        List<Long> bins = new ArrayList<>();
        for (int i = 0; i < histogram.bins().size(); i += 2) {
            long count = (long) (weight * histogram.bins().get(i + 1));
            if (count > 0) {
                bins.add(histogram.bins().get(i));
                bins.add(count);
            }
        }
        return Histogram.of(bins);
    }

    private List<Interval> recent(long from, Variant fresh, double weight) {
        List<Interval> after = new ArrayList<>(recent);
        int at = after.size();
        while (at > 0 && after.get(at - 1).from() > from) {
            at--;
        }
        if (at > 0 && after.get(at - 1).from() == from) {
            after.set(at - 1, after.get(at - 1).with(fresh, weight));
        } else {
            after.add(at, Interval.at(from).with(fresh, weight));
        }
        return List.copyOf(after.subList(Math.max(0, after.size() - MAX_RECENT), after.size()));
    }

    /** How near the metric that is nearest is to a roll-back, which is at 1. */
    double nearest(Plan plan) {
        return nearest(metrics, plan);
    }

    private static double nearest(List<MetricState> metrics, Plan plan) {
        double highest = metrics.stream()
                .mapToDouble(metric -> metric.bets().wealth(plan.steps().size()))
                .max()
                .orElse(0);
        return highest <= 1 ? 0 : Math.log(highest) / Math.log(plan.needed());
    }

    /** Whether the variants' shares of the requests are not what the flag says. */
    boolean isRatioOff() {
        return tooMany.wealth(1) >= RATIO_NEEDED || tooFew.wealth(1) >= RATIO_NEEDED;
    }

    /** Why the new variant is to be taken back; null when nothing says so. */
    String verdict(Plan plan) {
        for (int i = 0; i < metrics.size(); i++) {
            MetricState metric = metrics.get(i);
            if (metric.isEnough(plan.minRequests())
                    && metric.bets().wealth(plan.steps().size()) >= plan.needed()) {
                return worse(plan, plan.metrics().get(i), metric);
            }
        }
        return limit(plan);
    }

    private static String worse(Plan plan, Metric metric, MetricState state) {
        Evidence evidence = state.evidence(metric, plan.steps().size(), plan.needed());
        return String.format(
                Locale.ROOT,
                "%s: %.0f of %.0f requests with \"%s\"%s, %.0f of %.0f with \"%s\" in the same intervals; that would come"
                        + " of chance with a probability of at most 10^-%.1f, however often one looks",
                metric.name(),
                evidence.newCount(),
                evidence.newRequests(),
                plan.defined().to(),
                evidence.thresholdMs() == null ? "" : " took more than " + evidence.thresholdMs() + " ms",
                evidence.oldCount(),
                evidence.oldRequests(),
                plan.defined().from(),
                evidence.wealth());
    }

    private String limit(Plan plan) {
        Limits limits = plan.limits();
        int minutes = plan.limitMinutes();
        if (isOver(minutes, limits.maxErrorRate() != null, interval -> interval.hasMoreErrorsThan(limits))) {
            return "limit: more than " + limits.maxErrorRate() + " of the requests failed for " + minutes
                    + " minutes in a row";
        }
        if (isOver(minutes, limits.p95Ms() != null, interval -> interval.isSlowerThanP95(limits))) {
            return "limit: 95 % of the requests took more than " + limits.p95Ms() + " ms for " + minutes
                    + " minutes in a row";
        }
        if (isOver(minutes, limits.p99Ms() != null, interval -> interval.isSlowerThanP99(limits))) {
            return "limit: 99 % of the requests took more than " + limits.p99Ms() + " ms for " + minutes
                    + " minutes in a row";
        }
        if (limits.failedChecks() != null
                && sources.values().stream().anyMatch(source -> source.longestFailed() >= limits.failedChecks())) {
            return "limit: " + limits.failedChecks() + " checks failed in a row";
        }
        return null;
    }

    /** The latest may not be whole: sources tell of an interval one after the other. One with too few requests says nothing. */
    private boolean isOver(int minutes, boolean isLimited, Predicate<Interval> isWorse) {
        if (!isLimited) {
            return false;
        }
        long bucket = Math.max(MINUTE, millis);
        long needed = (minutes * MINUTE + bucket - 1) / bucket;
        int inARow = 0;
        for (int i = recent.size() - 2; i >= 0 && inARow < needed; i--) {
            if (recent.get(i).isEnough()) {
                if (!isWorse.test(recent.get(i))) {
                    return false;
                }
                inARow++;
            }
        }
        return inARow >= needed;
    }

    List<Evidence> evidence(Plan plan) {
        List<Evidence> all = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            all.add(metrics.get(i).evidence(plan.metrics().get(i), plan.steps().size(), plan.needed()));
        }
        return all;
    }
}
