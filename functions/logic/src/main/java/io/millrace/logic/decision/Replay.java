package io.millrace.logic.decision;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Decides about what was logged as an operator does, in plain Java: without Flink, crashes or a clock. What it comes to is
 * what a job has to come to, whatever happened to it.
 *
 * @param <S> the state of a key, immutable
 * @param <I> what came
 * @param <C> what was to be carried out
 */
public final class Replay<S, I, C> {
    private final Decider<S, I, C> decider;
    private final To<C> to;
    private final Map<String, S> states = new HashMap<>();
    private final PriorityQueue<Wake> wakes = new PriorityQueue<>(Comparator.comparingLong(Wake::time));

    private record Wake(long time, String key) {}

    /** Takes what is to be carried out. */
    @FunctionalInterface
    public interface To<C> {
        /** @param time of the decision, milliseconds since the epoch */
        void take(C command, long time);
    }

    public Replay(Decider<S, I, C> decider, To<C> to) {
        this.decider = decider;
        this.to = to;
    }

    /**
     * Something came to a key; what time did to it before is decided about first.
     *
     * @param time its log time, milliseconds since the epoch
     */
    public void decide(String key, I input, long time) {
        S before = woken(key, time);
        Decision<S, ?, C> decision = decider.decide(key, before, input, time);
        decision.commands().forEach(command -> to.take(command, time));
        remember(key, before, decision.state());
    }

    /** Time passes for all keys, up to there: milliseconds since the epoch. */
    public void until(long end) {
        while (!wakes.isEmpty() && wakes.peek().time() <= end) {
            Wake wake = wakes.poll();
            // It may be of an earlier state, which asked for another time: then nothing comes of it.
            woken(wake.key(), wake.time());
        }
    }

    private S woken(String key, long time) {
        S before = states.get(key);
        if (before == null || decider.nextWake(before) > time) {
            return before;
        }
        S after = Wakes.until(decider, key, before, time, commands -> commands.forEach(each -> to.take(each, time)));
        remember(key, before, after);
        return after;
    }

    private void remember(String key, S before, S after) {
        if (after == before) {
            return;
        }
        if (after == null) {
            states.remove(key);
            return;
        }
        states.put(key, after);
        long next = decider.nextWake(after);
        if (next != Long.MAX_VALUE) {
            wakes.add(new Wake(next, key));
        }
    }

    /** What is remembered, by key. */
    public Map<String, S> states() {
        return Map.copyOf(states);
    }
}
