package io.millrace.logic.agent.gate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A token bucket: it fills by a limit per minute, up to ten seconds' worth of it, and at least one. More than it ever
 * holds may be taken when it is full; it owes the rest then, up to an hour's worth: an agent that says it used more may
 * be mistaken.
 */
final class TokenBucket {
    /** A limit of one per minute adds one part per millisecond. */
    private static final long PARTS = 60_000;

    private static final long BURST_SHARE = 6;
    private static final long MAX_AMOUNT = 1_000_000_000_000L;
    private static final long MAX_OWED_MINUTES = 60;
    /** Nothing is missing any more after so long. */
    private static final long MAX_ELAPSED_MS = 2 * MAX_OWED_MINUTES * 60_000;

    /** Parts that are missing from a full bucket. */
    private long missing;

    private long updatedAt;

    private static long capacity(int limit) {
        return Math.max(1, limit / BURST_SHARE) * PARTS;
    }

    private static long most(int limit) {
        return capacity(limit) + MAX_OWED_MINUTES * limit * PARTS;
    }

    /** Fills from {@code latest} on, when it would only fill later. */
    void notAfter(long latest) {
        updatedAt = Math.min(updatedAt, latest);
    }

    private void advance(int limit, long now) {
        // The limit may have been another.
        missing = Math.min(missing, most(limit));
        long elapsed = Math.min(now - updatedAt, MAX_ELAPSED_MS);
        if (elapsed > 0) {
            missing = Math.max(0, missing - elapsed * limit);
            updatedAt = now;
        }
    }

    /**
     * When that much can be taken, milliseconds since the epoch: now, or later.
     *
     * @param limit per minute; 0 for no limit
     */
    long readyAt(long amount, int limit, long now) {
        if (limit == 0) {
            return now;
        }
        advance(limit, now);
        long allowedMissing = Math.max(0, capacity(limit) - parts(amount));
        long tooMuch = missing - allowedMissing;
        return tooMuch <= 0 ? now : now + (tooMuch + limit - 1) / limit;
    }

    /** Takes that much, whether it can be taken or not. */
    void take(long amount, int limit, long now) {
        correct(0, amount, limit, now);
    }

    /** Puts back what was taken too much, or takes what was taken too little. */
    void correct(long taken, long used, int limit, long now) {
        if (limit == 0) {
            // Nothing is owed when a limit is set later.
            missing = 0;
            updatedAt = now;
        } else {
            advance(limit, now);
            missing = Math.max(0, Math.min(most(limit), missing + parts(used) - parts(taken)));
        }
    }

    private static long parts(long amount) {
        return Math.min(amount, MAX_AMOUNT) * PARTS;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(missing);
        out.writeLong(updatedAt);
    }

    void read(DataInput in) throws IOException {
        missing = in.readLong();
        updatedAt = in.readLong();
    }
}
