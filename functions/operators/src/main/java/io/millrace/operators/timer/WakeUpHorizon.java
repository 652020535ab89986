package io.millrace.operators.timer;

import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Which wake-ups are timers: those before the horizon. The others are only in the state they belong to. A timer costs a
 * write, a place in every checkpoint, and a deletion; a task that is completed long before it is due needs none. A
 * sweep over all keys moves the horizon ahead, half an hour before the wall clock gets there, in slices between the
 * records.
 *
 * <p>While a sweep is under way wake-ups set meanwhile are timers up to where it leads, so that it need not see them.
 *
 * @param <K> the key
 */
final class WakeUpHorizon<K> implements AutoCloseable {
    private static final long AHEAD = Duration.ofHours(1).toMillis();
    private static final long SWEEP_WHEN_WITHIN = Duration.ofMinutes(30).toMillis();
    private static final long HURRY_WHEN_WITHIN = Duration.ofMinutes(10).toMillis();
    private static final long CALM_NANOS = Duration.ofMillis(1).toNanos();
    private static final long HURRIED_NANOS = Duration.ofMillis(5).toNanos();
    private static final int KEYS_PER_LOOK_AT_THE_CLOCK = 16;

    /** What a horizon needs of the operator. */
    interface Keys<K> {

        /** All keys that may have a wake-up; keys that come while the stream is open need not be in it. */
        Stream<K> all() throws Exception;

        /** Makes the key's wake-up a timer when it is before {@code horizon}. */
        void setTimer(K key, long horizon) throws Exception;
    }

    private final Keys<K> keys;
    private final boolean far;
    private long reached;
    private long leading;
    private Stream<K> sweep;
    private Iterator<K> rest;

    /**
     * @param far whether wake-ups may be beyond the horizon; where keys can't be read while they change, all become
     *     timers
     * @param reached every wake-up before is a timer already; {@link Long#MIN_VALUE} when that is not known of any
     * @param wallClock milliseconds since the epoch
     */
    WakeUpHorizon(Keys<K> keys, boolean far, long reached, long wallClock) {
        this.keys = keys;
        this.far = far;
        this.reached = Math.min(reached, ahead(wallClock));
        this.leading = this.reached;
    }

    private long ahead(long wallClock) {
        return far ? wallClock + AHEAD : Long.MAX_VALUE;
    }

    /** Every wake-up before is a timer; milliseconds since the epoch. */
    long reached() {
        return reached;
    }

    /** Whether a wake-up set for {@code time} is to be a timer, and may be one. */
    boolean includes(long time) {
        return time < leading;
    }

    /** Whether a sweep is under way. */
    boolean isMoving() {
        return rest != null;
    }

    /** Sweeps for some milliseconds, when it is time to. */
    void advance(long wallClock) throws Exception {
        if (rest == null && wallClock + SWEEP_WHEN_WITHIN >= reached) {
            leading = ahead(wallClock);
            sweep = keys.all();
            rest = sweep.iterator();
        }
        if (rest == null) {
            return;
        }
        boolean hurried = reached < wallClock + HURRY_WHEN_WITHIN;
        long end = System.nanoTime() + (hurried ? HURRIED_NANOS : CALM_NANOS);
        int seen = 0;
        while (rest.hasNext()) {
            keys.setTimer(rest.next(), leading);
            if (++seen % KEYS_PER_LOOK_AT_THE_CLOCK == 0 && System.nanoTime() >= end) {
                return;
            }
        }
        close();
        reached = leading;
    }

    /** Ends the sweep under way. */
    @Override
    public void close() {
        if (sweep != null) {
            sweep.close();
            sweep = null;
            rest = null;
        }
    }
}
