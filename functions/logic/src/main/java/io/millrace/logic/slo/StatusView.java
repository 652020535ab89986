package io.millrace.logic.slo;

import io.millrace.schema.slo.SloAlert.Severity;
import io.millrace.schema.slo.SloStatus;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Uuid5;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** What is told of how a group does in a topic. */
final class StatusView {
    private static final UUID STATUS = UUID.fromString("6a1c9d2e-4b7f-5e60-8d3c-1f2e3d4c5b6a");
    private static final double FRACTION = 10_000;
    private static final double RATE_FRACTION = 100;
    /** What the budget may be overspent by, as it is told. */
    private static final double LEAST = -1_000_000;

    private static final Comparator<Map.Entry<Integer, PartitionState>> WORST_FIRST = Comparator.comparing(
                    (Map.Entry<Integer, PartitionState> entry) ->
                            entry.getValue().verdict())
            .thenComparing(entry -> entry.getValue().lateMs())
            .thenComparing(entry -> entry.getValue().lag())
            .reversed()
            .thenComparing(Map.Entry::getKey);

    private StatusView() {}

    static SloStatus of(LagState state, long now) {
        Look look = state.look();
        UUID id = Uuid5.of(STATUS, look.topic() + '\n' + look.group() + '\n' + now);
        return new SloStatus(
                new Envelope(id, "slo.status", Instant.ofEpochMilli(now), Envelope.DEFAULT_TENANT, null, null),
                look.group(),
                look.topic(),
                state.verdict(),
                Instant.ofEpochMilli(state.since()),
                look.members(),
                state.lagMs(),
                state.lagRecords(),
                state.atLeast(),
                look.partitionCount(),
                (int) state.laggingPartitions(),
                partitions(state),
                deletion(state, now),
                state.problem(),
                state.objectives().values().stream()
                        .map(objective -> objective(objective, now))
                        .toList());
    }

    private static List<SloStatus.Partition> partitions(LagState state) {
        return state.partitions().entrySet().stream()
                .filter(entry -> entry.getValue().isLagging())
                .sorted(WORST_FIRST)
                .limit(SloStatus.MAX_PARTITIONS)
                .map(entry -> partition(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static SloStatus.Partition partition(int number, PartitionState state) {
        return new SloStatus.Partition(
                number, state.verdict(), state.committed(), state.end(), state.lateMs(), state.lag(), state.atLeast());
    }

    private static Instant deletion(LagState state, long now) {
        long first = state.partitions().values().stream()
                .mapToLong(partition ->
                        RetentionForecast.deletedAt(partition, state.look().retentionMs(), now))
                .min()
                .orElse(Long.MAX_VALUE);
        return first == Long.MAX_VALUE ? null : Instant.ofEpochMilli(first);
    }

    private static SloStatus.Objective objective(ObjectiveState by, long now) {
        Objective objective = by.objective();
        Budget.Sum window = by.budget().last(objective.windowMs(), now);
        double left = by.left(window.badMs());
        return new SloStatus.Objective(
                objective.name(),
                by.late(),
                objective.target(),
                objective.windowDays(),
                window.goodMs() / 1_000,
                window.badMs() / 1_000,
                window.unobservedMs() / 1_000,
                rounded(left),
                rates(by, now),
                budgetEnd(by, left, now),
                Stream.of(Severity.values())
                        .filter(severity -> by.alerts().containsKey(ObjectiveState.name(severity)))
                        .toList(),
                by.budget().badSoFar(objective.windowMs(), now, SloStatus.MAX_POINTS).stream()
                        .map(bad -> (int) Math.round(Math.max(0, by.left(bad)) * 1_000))
                        .toList());
    }

    private static Map<String, Double> rates(ObjectiveState by, long now) {
        Map<String, Double> rates = new TreeMap<>();
        BurnRate.all(by.budget(), by.objective(), now)
                .forEach((window, rate) -> rates.put(window, Math.round(rate * RATE_FRACTION) / RATE_FRACTION));
        return rates;
    }

    /** When nothing is left if it goes on as in the last hour; null when that is not within the window, or was. */
    private static Instant budgetEnd(ObjectiveState by, double left, long now) {
        double share = by.budget().last(BurnRate.HOUR_WINDOW.millis(), now).badShare(BurnRate.HOUR_WINDOW.millis());
        if (left <= 0 || share == 0) {
            return null;
        }
        double in = left * by.objective().budgetMs() / share;
        return in > by.objective().windowMs() ? null : Instant.ofEpochMilli(now + (long) in);
    }

    static double rounded(double left) {
        return Math.max(LEAST, Math.round(left * FRACTION) / FRACTION);
    }
}
