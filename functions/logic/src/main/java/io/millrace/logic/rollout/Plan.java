package io.millrace.logic.rollout;

import io.millrace.logic.conversation.BusinessHours;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Audience;
import io.millrace.schema.rollout.RolloutDefined.Dependency;
import io.millrace.schema.rollout.RolloutDefined.Health;
import io.millrace.schema.rollout.RolloutDefined.Limits;
import io.millrace.schema.rollout.RolloutDefined.Metric;
import io.millrace.schema.rollout.RolloutDefined.MetricKind;
import io.millrace.schema.rollout.RolloutDefined.Pace;
import io.millrace.schema.rollout.RolloutDefined.Source;
import io.millrace.schema.rollout.RolloutDefined.Step;
import io.millrace.schema.rollout.RolloutDefined.Strategy;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A definition with its defaults: what follows from it, and whether it fits together. */
public final class Plan {
    private static final long HOUR = 3_600;
    private static final List<Metric> METRICS = List.of(
            new Metric("errors", MetricKind.ERRORS, null, null, null, false),
            new Metric("latency", MetricKind.LATENCY, null, null, null, false));
    private static final Limits NO_LIMITS = new Limits(null, null, null, null, null);
    private static final double FALSE_ALARM = 0.01;
    private static final double LEAST_FALSE_ALARM = 1e-9;
    private static final int MIN_REQUESTS = 100;
    private static final int WARM_UP_SECONDS = 60;
    private static final double SAMPLE_RATIO_TOLERANCE = 1.5;
    private static final long WEIGHT_PER_MINUTE = 100_000;
    private static final double QUANTILE = 95;
    private static final int FOR_MINUTES = 5;

    private final RolloutDefined defined;
    private final List<Step> steps;
    private final BusinessHours windows;
    private final Map<String, Double> weights = new TreeMap<>();

    private Plan(RolloutDefined defined) throws RejectedEventException {
        this.defined = defined;
        this.steps = steps(defined);
        this.windows = windows(defined);
        check();
    }

    /** @throws RejectedEventException when it does not fit together, naming the field */
    public static Plan of(RolloutDefined defined) throws RejectedEventException {
        return new Plan(defined);
    }

    /** Reads a definition that can be followed. */
    public static RolloutDefined read(SourceRecord source) throws RejectedEventException {
        return of(RolloutDefined.read(source)).defined;
    }

    RolloutDefined defined() {
        return defined;
    }

    List<Step> steps() {
        return steps;
    }

    /** @param number from 1 */
    Step step(int number) {
        return steps.get(number - 1);
    }

    Audience audience() {
        return defined.audience();
    }

    /** The first time from then on at which it may go forward; milliseconds since the epoch. */
    long open(long time) {
        return windows == null ? time : windows.next(Instant.ofEpochMilli(time)).toEpochMilli();
    }

    /**
     * What keeps it waiting for another flag; null when nothing does.
     *
     * @param serves finds the variant that a flag gives everybody; null for none
     */
    String unserved(UnaryOperator<String> serves) {
        for (Dependency dependency : defined.after()) {
            if (!dependency.variant().equals(serves.apply(dependency.flag()))) {
                return "flag \"" + dependency.flag() + "\" does not give everybody \"" + dependency.variant() + "\"";
            }
        }
        return null;
    }

    boolean isWatched() {
        return defined.health() != null;
    }

    List<Metric> metrics() {
        if (!isWatched()) {
            return List.of();
        }
        return defined.health().metrics().isEmpty() ? METRICS : defined.health().metrics();
    }

    Limits limits() {
        return isWatched() && defined.health().limits() != null
                ? defined.health().limits()
                : NO_LIMITS;
    }

    int limitMinutes() {
        return limits().forMinutes() == null ? FOR_MINUTES : limits().forMinutes();
    }

    /** The wealth at which a metric's bets end the roll-out: each metric has its part of the probability of a false alarm. */
    double needed() {
        double falseAlarm = isWatched() && defined.health().falseAlarm() != null
                ? defined.health().falseAlarm()
                : FALSE_ALARM;
        return Math.max(1, metrics().size()) / falseAlarm;
    }

    int minRequests() {
        return isWatched() && defined.health().minRequests() != null
                ? defined.health().minRequests()
                : MIN_REQUESTS;
    }

    long warmUpMillis() {
        Integer seconds = isWatched() ? defined.health().warmUpSeconds() : null;
        return (seconds == null ? WARM_UP_SECONDS : seconds) * 1_000L;
    }

    double sampleRatioTolerance() {
        Double tolerance = defined.health().sampleRatioTolerance();
        return tolerance == null ? SAMPLE_RATIO_TOLERANCE : tolerance;
    }

    /** The most requests of a minute for which a source's signals count; 0 of one whose do not. */
    double weightPerMinute(String source) {
        return weights.getOrDefault(source, 0.0);
    }

    static double tolerance(Metric metric) {
        return metric.tolerance() == null ? 1 : metric.tolerance();
    }

    static double quantile(Metric metric) {
        return (metric.quantile() == null ? QUANTILE : metric.quantile()) / 100;
    }

    private static List<Step> steps(RolloutDefined defined) throws RejectedEventException {
        if (!defined.steps().isEmpty()) {
            return defined.steps();
        }
        return switch (defined.strategy()) {
            case ALL_AT_ONCE -> List.of(new Step(100, 0, false));
            case PERCENTAGE -> {
                if (defined.percent() == null) {
                    throw invalid("percent", "must say how many of 100 a roll-out to a percentage is for");
                }
                yield List.of(new Step(defined.percent(), 0, false));
            }
            case PROGRESSIVE -> progressive(defined.pace() == null ? Pace.SAFE : defined.pace());
            case CANARY -> List.of(new Step(0, 24 * HOUR, false), new Step(100, HOUR, false));
            case BLUE_GREEN -> List.of(new Step(0, 0, true), new Step(100, HOUR, false));
        };
    }

    private static List<Step> progressive(Pace pace) {
        long[] holds =
                switch (pace) {
                    case SAFE -> new long[] {24 * HOUR, 24 * HOUR, 24 * HOUR, 48 * HOUR, 48 * HOUR, 0};
                    case FAST -> new long[] {12 * HOUR, 12 * HOUR, 16 * HOUR, 16 * HOUR, 16 * HOUR, 0};
                    case INSTANT -> new long[] {12, 12, 12, 12, 12, 0};
                };
        int[] percents = {5, 10, 25, 50, 75, 100};
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < percents.length; i++) {
            steps.add(new Step(percents[i], holds[i], false));
        }
        return List.copyOf(steps);
    }

    private static BusinessHours windows(RolloutDefined defined) throws RejectedEventException {
        if (defined.windows() == null) {
            return null;
        }
        try {
            ZoneId zone = defined.timeZone() == null ? ZoneId.of("UTC") : Zones.named(defined.timeZone());
            return BusinessHours.parse(defined.windows(), zone);
        } catch (IllegalArgumentException e) {
            throw invalid("windows", e.getMessage());
        }
    }

    private void check() throws RejectedEventException {
        if (defined.to().equals(defined.from())) {
            throw invalid("to", "must be another variant than from");
        }
        int before = -1;
        for (Step step : steps) {
            if (step.percent() <= before) {
                throw invalid("steps", "percent must rise from step to step");
            }
            before = step.percent();
        }
        boolean forAudience = steps.get(0).percent() == 0;
        if (defined.strategy() == Strategy.CANARY && defined.audience() == null) {
            throw invalid("audience", "must say who gets a canary first");
        }
        if (forAudience && defined.audience() == null && defined.strategy() != Strategy.BLUE_GREEN) {
            throw invalid("steps", "a step of 0 percent is for an audience");
        }
        if (defined.audience() != null && defined.audience().values().isEmpty()) {
            throw invalid("audience.values", "must have a value");
        }
        if (defined.after().stream().anyMatch(dependency -> dependency.flag().equals(defined.flag()))) {
            throw invalid("after", "must name other flags");
        }
        if (isWatched()) {
            check(defined.health());
        }
    }

    private void check(Health health) throws RejectedEventException {
        if (health.sources().isEmpty()) {
            throw invalid("health.sources", "must name whose signals count");
        }
        for (Source source : health.sources()) {
            Long most = source.maxRequestsPerMinute();
            if (weights.put(source.name(), most == null ? WEIGHT_PER_MINUTE : (double) most) != null) {
                throw invalid("health.sources", "\"" + source.name() + "\" is given twice");
            }
        }
        if (health.falseAlarm() != null && !(health.falseAlarm() >= LEAST_FALSE_ALARM && health.falseAlarm() < 0.5)) {
            throw invalid("health.false_alarm", "must be between " + LEAST_FALSE_ALARM + " and 0.5");
        }
        Set<String> names = new HashSet<>();
        for (Metric metric : health.metrics()) {
            if (!names.add(metric.name())) {
                throw invalid("health.metrics", "\"" + metric.name() + "\" is given twice");
            }
            if (metric.kind() == MetricKind.EVENT && metric.event() == null) {
                throw invalid("health.metrics", "\"" + metric.name() + "\" must say which event it counts");
            }
            if (metric.fewerIsWorse() && metric.kind() != MetricKind.EVENT) {
                throw invalid("health.metrics", "\"" + metric.name() + "\": of errors and latency more is worse");
            }
        }
    }

    private static RejectedEventException invalid(String field, String problem) {
        return new RejectedEventException(ErrorCode.INVALID_VALUE, field + ": " + problem);
    }
}
