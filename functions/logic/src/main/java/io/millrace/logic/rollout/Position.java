package io.millrace.logic.rollout;

import io.millrace.schema.rollout.RolloutPhase;

/**
 * Where a roll-out is. Components are only ever appended.
 *
 * @param step from 1; 0 before the first
 * @param percent how many of 100 get the new variant
 * @param since when the step or the phase began, milliseconds since the epoch
 * @param dueAt when the step is over, milliseconds since the epoch
 * @param wakeAt when the roll-out wants to be woken, milliseconds since the epoch; 0 for never
 * @param obstacle why the next step does not begin; null when nothing hinders it
 * @param waits the same in a sentence
 * @param confirmedAt when what it wants of the flag was seen to stand in the log, milliseconds since the epoch; 0 before
 * @param waitsSince since when it waits for what it waits for, milliseconds since the epoch; 0 when nothing hinders it
 */
public record Position(
        RolloutPhase phase,
        int step,
        int percent,
        boolean audienceOn,
        long since,
        long dueAt,
        long wakeAt,
        Obstacle obstacle,
        String waits,
        long confirmedAt,
        long waitsSince) {

    /** Why the next step does not begin. */
    public enum Obstacle {
        FROZEN,
        FLAG,
        DEPENDENCY,
        WINDOW,
        MANUAL,
        NO_SIGNAL,
        SUSPICION,
        SAMPLE_RATIO
    }

    static Position planned(long time) {
        return new Position(RolloutPhase.PLANNED, 0, 0, false, time, time, 0, null, null, 0, 0);
    }

    Position in(RolloutPhase next, long time) {
        return new Position(next, step, percent, audienceOn, time, dueAt, 0, null, null, confirmedAt, 0);
    }

    Position at(int toStep, int toPercent, boolean toAudience, long time, long due) {
        return new Position(phase, toStep, toPercent, toAudience, time, due, due, null, null, 0, 0);
    }

    /** Woken at a time, nothing hinders it. */
    Position wakingAt(long wake) {
        return new Position(phase, step, percent, audienceOn, since, dueAt, wake, null, null, confirmedAt, 0);
    }

    Position waiting(Obstacle by, String why, long wake, long time) {
        long first = by == obstacle ? waitsSince : time;
        return new Position(phase, step, percent, audienceOn, since, dueAt, wake, by, why, confirmedAt, first);
    }

    Position seen(long time) {
        return confirmed() ? this : confirmed(time);
    }

    Position unconfirmed() {
        return confirmed(0);
    }

    private Position confirmed(long at) {
        return new Position(phase, step, percent, audienceOn, since, dueAt, wakeAt, obstacle, waits, at, waitsSince);
    }

    /** Whether the flag stands as it is wanted. */
    boolean confirmed() {
        return confirmedAt != 0;
    }
}
