package io.millrace.simulation;

import io.millrace.logic.task.TaskSettings;
import java.time.Duration;
import java.time.Instant;

/**
 * What kind of world it is. Worlds differ much, and most leave something out: what is rare among everything else is
 * frequent where little else happens.
 *
 * @param start milliseconds since the epoch
 * @param steps how many the scheduler takes before the world is brought to rest
 * @param recurring of a hundred created tasks, how many recur
 * @param duplicates of a hundred events, how many were sent before; {@code badEvents} likewise
 * @param busy one task that is never deleted: more ids within the dedup window than a series keeps in its own state
 * @param weights of the scheduler's steps, by {@link Step}
 */
record WorldPlan(
        long start,
        int steps,
        int partitions,
        int users,
        int tasksPerUser,
        int recurring,
        int duplicates,
        int badEvents,
        boolean busy,
        TaskSettings settings,
        int[] weights) {

    private static final int BUSY = 3;

    /** What the scheduler can do next. */
    enum Step {
        PRODUCE,
        READ,
        RELEASE,
        WRITE,
        ADVANCE,
        SNAPSHOT,
        COMPLETE_CHECKPOINT,
        CRASH,
        RESCALE,
        RESTART
    }

    /** Around the changes of clocks in Europe and North America, month ends and a leap day. */
    private static final String[] STARTS = {
        "2026-03-28T22:00:00Z",
        "2026-10-24T21:30:00Z",
        "2026-03-08T05:00:00Z",
        "2026-11-01T04:00:00Z",
        "2027-01-30T12:00:00Z",
        "2028-02-28T20:00:00Z",
        "2026-12-31T21:00:00Z",
        "2026-06-15T09:00:00Z"
    };

    static WorldPlan of(Dice dice, int steps) {
        boolean busy = dice.percent(5);
        Duration dedup =
                busy ? Duration.ofDays(7) : dice.of(Duration.ofMinutes(10), Duration.ofHours(2), Duration.ofHours(24));
        TaskSettings settings = new TaskSettings(
                dedup,
                dedup.plus(dice.of(Duration.ZERO, Duration.ofMinutes(30), Duration.ofDays(2))),
                dice.of(Duration.ofSeconds(30), Duration.ofMinutes(5)));
        int[] weights = {
            busy ? 40 : dice.between(5, 30), // PRODUCE
            dice.between(10, 40), // READ
            dice.between(5, 20), // RELEASE
            dice.between(5, 30), // WRITE
            busy ? 3 : dice.between(3, 20), // ADVANCE
            dice.between(1, 5), // SNAPSHOT
            dice.between(1, 5), // COMPLETE_CHECKPOINT
            dice.percent(15) ? 0 : dice.between(1, 4), // CRASH
            dice.between(0, 2), // RESCALE
            dice.between(3, 30) // RESTART
        };
        return new WorldPlan(
                Instant.parse(dice.of(STARTS)).toEpochMilli() + dice.below(7_200_000L),
                busy ? BUSY * steps : steps,
                dice.between(1, 3),
                busy ? 1 : dice.between(1, 3),
                busy ? 1 : dice.between(1, 4),
                dice.of(0, 30, 90),
                busy ? 10 : dice.of(0, 5, 20),
                dice.of(0, 3),
                busy,
                settings,
                weights);
    }
}
