package io.millrace.schema.analytics;

/** How long a row's time is, in UTC. */
public enum Period {
    HOUR(3_600_000L),
    DAY(86_400_000L);

    private final long millis;

    Period(long millis) {
        this.millis = millis;
    }

    public long millis() {
        return millis;
    }

    /** The beginning of the one that a time is in; both in milliseconds since the epoch. */
    public long start(long time) {
        return Math.floorDiv(time, millis) * millis;
    }
}
