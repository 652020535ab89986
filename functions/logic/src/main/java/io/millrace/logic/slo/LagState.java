package io.millrace.logic.slo;

import io.millrace.schema.slo.Verdict;
import java.util.Map;

/**
 * What is remembered of a group and a topic. Components are only ever appended.
 *
 * @param firstPartitions how many partitions the topic had when it was first seen: a group that had committed nothing
 *     in one of them does not read it
 * @param since log time since which the verdict is what it is, milliseconds since the epoch
 * @param countedAt log time of the last sample that objectives were counted by; 0 for none
 * @param objectives by name
 * @param problem why the broker did not say more; null when it did
 * @param toldAt log time of the last status, milliseconds since the epoch; 0 for none
 */
public record LagState(
        Look look,
        int firstPartitions,
        Map<Integer, PartitionState> partitions,
        Verdict verdict,
        long since,
        long countedAt,
        Map<String, ObjectiveState> objectives,
        String problem,
        long toldAt) {

    static LagState of(Look look) {
        return new LagState(look, look.partitionCount(), Map.of(), Verdict.OK, look.loggedAt(), 0, Map.of(), null, 0);
    }

    boolean isBlind() {
        return verdict == Verdict.BLIND;
    }

    long lagMs() {
        return partitions.values().stream()
                .mapToLong(PartitionState::lateMs)
                .max()
                .orElse(0);
    }

    long lagRecords() {
        return partitions.values().stream().mapToLong(PartitionState::lag).sum();
    }

    boolean atLeast() {
        return partitions.values().stream().anyMatch(PartitionState::atLeast);
    }

    long laggingPartitions() {
        return partitions.values().stream().filter(PartitionState::isLagging).count();
    }

    Verdict worst() {
        return partitions.values().stream().map(PartitionState::verdict).reduce(Verdict.OK, Verdict::or);
    }

    /** The same of a topic that was made again by the same name: nothing is known of its partitions. */
    LagState madeAgain(int partitionCount) {
        return new LagState(look, partitionCount, Map.of(), verdict, since, countedAt, objectives, problem, toldAt);
    }

    LagState sampled(Look latest, Map<Integer, PartitionState> after) {
        return new LagState(latest, firstPartitions, after, verdict, since, countedAt, objectives, null, toldAt);
    }

    LagState judged(Verdict after, long now) {
        long known = after == verdict ? since : now;
        return new LagState(look, firstPartitions, partitions, after, known, countedAt, objectives, problem, toldAt);
    }

    LagState counted(Map<String, ObjectiveState> after, long now) {
        return new LagState(look, firstPartitions, partitions, verdict, since, now, after, problem, toldAt);
    }

    LagState unobserved(String why) {
        return new LagState(look, firstPartitions, partitions, verdict, since, countedAt, objectives, why, toldAt);
    }

    LagState told(long now) {
        return new LagState(look, firstPartitions, partitions, verdict, since, countedAt, objectives, problem, now);
    }
}
