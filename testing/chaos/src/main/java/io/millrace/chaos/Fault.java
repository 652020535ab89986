package io.millrace.chaos;

import java.util.Random;

/**
 * One fault of an episode.
 *
 * @param at when it begins, milliseconds after the episode did
 * @param millis how long it lasts: the pause, the wrong clock, the full disk; of a kill, how long until the start
 * @param target of a fault done to TaskManagers: 0 or 1, or 2 for both
 * @param amount of a clock that jumps, by how many milliseconds; of a rescaling, the parallelism
 */
record Fault(FaultKind kind, int at, int millis, int target, long amount) {
    private static final int FIRST = 500;
    private static final int LAST = 5_000;
    private static final int MAX_PARALLELISM = 4;
    private static final long MAX_JUMP = 2 * 3_600_000L;
    static final int BOTH = 2;

    static Fault any(Random random) {
        FaultKind[] kinds = FaultKind.values();
        return of(kinds[random.nextInt(kinds.length)], random);
    }

    static Fault of(FaultKind kind, Random random) {
        int at = FIRST + random.nextInt(LAST - FIRST);
        int millis =
                switch (kind) {
                    case BROKER_KILL, BROKER_RESTART, JOBMANAGER_KILL, TASKMANAGER_KILL -> random.nextInt(3_000);
                    case BROKER_PAUSE, JOBMANAGER_PAUSE, TASKMANAGER_PAUSE -> 1_000 + random.nextInt(8_000);
                    case CHECKPOINTS_FULL, CHECKPOINTS_SLOW, CLOCK_JUMP, DOWNTIME -> 2_000 + random.nextInt(4_000);
                    case RESCALE -> 0;
                };
        long amount =
                switch (kind) {
                    case CLOCK_JUMP -> Math.round((random.nextDouble() * 2 - 1) * MAX_JUMP);
                    case RESCALE, DOWNTIME -> 1 + random.nextInt(MAX_PARALLELISM);
                    default -> 0;
                };
        return new Fault(kind, at, millis, random.nextInt(BOTH + 1), amount);
    }

    @Override
    public String toString() {
        String what =
                switch (kind) {
                    case TASKMANAGER_KILL, TASKMANAGER_PAUSE -> target == BOTH ? " both" : " #" + target;
                    case CLOCK_JUMP -> " by " + amount / 1_000 + " s";
                    case RESCALE, DOWNTIME -> " to " + amount;
                    default -> "";
                };
        String lasting = millis == 0 ? "" : " for %.1f s".formatted(millis / 1e3);
        return "%s%s at %.1f s%s".formatted(kind, what, at / 1e3, lasting);
    }
}
