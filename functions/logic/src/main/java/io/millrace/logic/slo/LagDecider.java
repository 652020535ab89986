package io.millrace.logic.slo;

import io.millrace.logic.decision.Decider;
import io.millrace.logic.decision.Decision;
import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.SloAlert;
import io.millrace.schema.slo.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides, by samples alone, how late a consumer group is in a topic, what that does to the budgets of its objectives,
 * and who is told. A sample stands for the time since the one before it, two intervals at most: what is longer was not
 * observed, and is neither good nor bad.
 */
public final class LagDecider implements Decider<LagState, LagInput, LagCommand> {
    /** Partitions of one topic that are followed. */
    static final int MAX_PARTITIONS = 2_000;

    private static final int BLIND_AFTER = 3;
    private static final int OBSERVED_AT_MOST = 2;
    private static final long FORGET_AFTER_MS = 86_400_000;
    /** How often something is told where nothing lags. */
    private static final long TELL_EVERY_MS = 60_000;

    /** What becomes of a sample. */
    public enum Effect {
        SAMPLED,
        /** There are more parts of this look. */
        PART,
        /** It is not newer than what is known. */
        STALE,
        /** The broker did not say. */
        UNOBSERVED,
        /** The group has nothing to do with the topic any more. */
        GONE
    }

    @Override
    public Decision<LagState, Effect, LagCommand> decide(String key, LagState state, LagInput input, long time) {
        LagSampled sample = input.sample();
        if (state != null && !state.look().isBefore(sample)) {
            return new Decision<>(state, Effect.STALE, List.of());
        }
        long now = state == null ? time : Math.max(time, state.look().loggedAt());
        if (sample.problem() != null) {
            LagState after = state == null ? null : state.unobserved(sample.problem());
            return new Decision<>(after, Effect.UNOBSERVED, List.of());
        }
        if (sample.gone() || sample.partitionCount() == 0) {
            return forget(key, state, now, sample.gone() ? "the group is gone" : "the topic is gone", Effect.GONE);
        }
        LagState looked = look(state, sample, now);
        if (sample.part() < sample.parts() - 1) {
            return new Decision<>(looked, Effect.PART, List.of());
        }
        Map<Integer, PartitionState> ofLook = new TreeMap<>(looked.partitions());
        ofLook.values().removeIf(partition -> partition.askedAt() != sample.askedAt());
        LagState seen = looked.sampled(looked.look(), ofLook);
        List<LagCommand> commands = new ArrayList<>();
        LagState counted = count(key, seen.judged(seen.worst(), now), input, now, commands);
        boolean due = now - counted.toldAt() >= TELL_EVERY_MS;
        if (due || !commands.isEmpty() || lags(counted) || state != null && (lags(state) || state.isBlind())) {
            commands.add(LagCommand.of(key, StatusView.of(counted, now)));
            counted = counted.told(now);
        }
        return new Decision<>(counted, Effect.SAMPLED, commands);
    }

    private static boolean lags(LagState state) {
        return state.laggingPartitions() > 0;
    }

    /** What the sample says of partitions. */
    private static LagState look(LagState state, LagSampled sample, long now) {
        Look latest = Look.of(sample, state == null ? null : state.look(), now);
        LagState before = state == null ? LagState.of(latest) : state;
        if (state != null && state.look().isOfAnother(sample)) {
            before = state.madeAgain(sample.partitionCount());
        }
        boolean afterGap = now - before.look().loggedAt() > BLIND_AFTER * sample.intervalMs();
        PartitionJudge judge = new PartitionJudge(latest, afterGap);
        Map<Integer, PartitionState> after = new TreeMap<>(before.partitions());
        for (LagSampled.Partition partition : sample.partitions()) {
            PartitionState known = after.get(partition.partition());
            boolean isRead =
                    partition.committed() != null || known != null || partition.partition() >= before.firstPartitions();
            if (isRead && (known != null || after.size() < MAX_PARTITIONS)) {
                after.put(partition.partition(), judge.next(known, partition));
            }
        }
        return before.sampled(latest, after);
    }

    /** What the look comes to by each objective, and what is told of that. */
    private static LagState count(String key, LagState state, LagInput input, long now, List<LagCommand> commands) {
        long observed = state.countedAt() == 0
                ? 0
                : Math.min(
                        now - state.countedAt(), OBSERVED_AT_MOST * state.look().intervalMs());
        long lagMs = state.lagMs();
        long lagRecords = state.lagRecords();
        Map<String, ObjectiveState> before = new TreeMap<>(state.objectives());
        Map<String, ObjectiveState> after = new TreeMap<>();
        for (Objective objective : input.objectives()) {
            ObjectiveState known = before.remove(objective.name());
            ObjectiveState counted = (known == null ? ObjectiveState.of(objective, now) : known)
                    .with(objective, now, observed, lagMs, lagRecords);
            after.put(
                    objective.name(),
                    counted.alerted(
                            now,
                            state.look().intervalMs(),
                            objective.isNormal(lagMs, lagRecords),
                            teller(key, state, counted, now, commands)));
        }
        before.values()
                .forEach(gone -> gone.resolve(
                        now, "the objective does not count any more", teller(key, state, gone, now, commands)));
        return state.counted(after, now);
    }

    private static ObjectiveState.Teller teller(
            String key, LagState state, ObjectiveState by, long now, List<LagCommand> commands) {
        return (told, severity, alert, reason) -> {
            SloAlert event = AlertView.of(state, by, severity, told, alert, reason, now);
            commands.add(LagCommand.of(key, event));
        };
    }

    private static Decision<LagState, Effect, LagCommand> forget(
            String key, LagState state, long now, String why, Effect effect) {
        List<LagCommand> commands = new ArrayList<>();
        if (state != null) {
            state.objectives().values().forEach(by -> by.resolve(now, why, teller(key, state, by, now, commands)));
            commands.add(LagCommand.gone(key));
        }
        return new Decision<>(null, effect, commands);
    }

    @Override
    public Decision<LagState, Effect, LagCommand> wake(String key, LagState state, long time) {
        if (state.isBlind()) {
            return forget(key, state, time, "there was no sample for a day", null);
        }
        LagState blind = state.judged(Verdict.BLIND, time).told(time);
        return new Decision<>(blind, null, List.of(LagCommand.of(key, StatusView.of(blind, time))));
    }

    @Override
    public long nextWake(LagState state) {
        return state.look().loggedAt()
                + (state.isBlind()
                        ? FORGET_AFTER_MS
                        : BLIND_AFTER * state.look().intervalMs());
    }
}
