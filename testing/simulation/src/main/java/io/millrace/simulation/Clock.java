package io.millrace.simulation;

/** The wall clock of a world, by which brokers stamp records as well. Milliseconds since the epoch. */
final class Clock {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private final Dice dice;
    private long now;

    Clock(Dice dice, long start) {
        this.dice = dice;
        this.now = start;
    }

    long now() {
        return now;
    }

    /**
     * Goes on by milliseconds or by days, or to the edge of the next moment.
     *
     * @param nextMoment {@link Long#MAX_VALUE} when none is known
     */
    void advance(long nextMoment) {
        long by =
                switch (dice.weighted(new int[] {40, 15, 15, 8, 2, 20})) {
                    case 0 -> dice.below(50L);
                    case 1 -> dice.below(5_000L);
                    case 2 -> dice.below(10 * MINUTE);
                    case 3 -> dice.below(6 * HOUR);
                    case 4 -> dice.below(72 * HOUR);
                    default -> nextMoment == Long.MAX_VALUE ? 1 : nextMoment - now + dice.between(-1, 1);
                };
        now += Math.max(0, by);
    }

    @Override
    public String toString() {
        return Texts.time(now);
    }
}
