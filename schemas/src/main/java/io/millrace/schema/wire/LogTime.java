package io.millrace.schema.wire;

/**
 * Bounds log times. A record can be stamped with a time to come: by a broker whose clock is wrong, or by a producer
 * before its topic was set to {@code LogAppendTime}. Its time stays what it is, as ids follow from it; but no clock
 * goes on to it.
 */
public final class LogTime {
    /**
     * How far a log time may be ahead of this machine's clock, milliseconds. Clocks of brokers and TaskManagers that
     * are synchronised differ by milliseconds; so much more is no time that passed, and so little more does no harm.
     */
    public static final long MAX_AHEAD_MILLIS = 5_000;

    /**
     * For how long an answer of the broker, that all of a log was read, is taken to hold, milliseconds: what is logged so
     * shortly before a moment may be read after what is due at it. Who can't have that waits as much longer.
     */
    public static final long ALLOWANCE_MILLIS = 500;

    /**
     * The allowance of the source, and a tenth of a second for clocks and replication: so far are wake-ups held back of
     * which a replay has to make what was made of them at first.
     */
    public static final long IN_LOG_ORDER_MILLIS = ALLOWANCE_MILLIS + 100;

    private LogTime() {}

    /** The latest log time there can be by now, both milliseconds since the epoch. */
    public static long latest(long wallClock) {
        return wallClock + MAX_AHEAD_MILLIS;
    }
}
