package io.millrace.logic.dedup;

import java.util.Arrays;
import java.util.UUID;

/**
 * Event ids with the log time at which each was accepted, oldest first. A packed array, because it is read and written
 * with every event.
 */
public final class RecentIds {
    public static final RecentIds NONE = new RecentIds(new long[0]);
    private static final int WIDTH = 3;

    /** Most significant half, least significant half and time of each id, in turn. */
    private final long[] packed;

    public RecentIds(long[] packed) {
        this.packed = packed;
    }

    public int size() {
        return packed.length / WIDTH;
    }

    public boolean isEmpty() {
        return packed.length == 0;
    }

    public UUID id(int index) {
        return new UUID(packed[index * WIDTH], packed[index * WIDTH + 1]);
    }

    /** Milliseconds since the epoch. */
    public long time(int index) {
        return packed[index * WIDTH + 2];
    }

    public long newest() {
        return packed[packed.length - 1];
    }

    /** Whether the id was seen at {@code since} or later. */
    public boolean contains(UUID id, long since) {
        long most = id.getMostSignificantBits();
        long least = id.getLeastSignificantBits();
        for (int i = packed.length - WIDTH; i >= 0 && packed[i + 2] >= since; i -= WIDTH) {
            if (packed[i] == most && packed[i + 1] == least) {
                return true;
            }
        }
        return false;
    }

    /** These ids less those seen before {@code since}, and {@code id}; {@code time} is not before the newest. */
    public RecentIds plus(UUID id, long time, long since) {
        int expired = 0;
        while (expired < packed.length && packed[expired + 2] < since) {
            expired += WIDTH;
        }
        int kept = packed.length - expired;
        long[] next = new long[kept + WIDTH];
        System.arraycopy(packed, expired, next, 0, kept);
        next[kept] = id.getMostSignificantBits();
        next[kept + 1] = id.getLeastSignificantBits();
        next[kept + 2] = time;
        return new RecentIds(next);
    }

    /** These, none of them seen after {@code latest}. */
    public RecentIds notAfter(long latest) {
        long[] bounded = packed.clone();
        for (int i = WIDTH - 1; i < bounded.length; i += WIDTH) {
            bounded[i] = Math.min(bounded[i], latest);
        }
        return new RecentIds(bounded);
    }

    public RecentIds oldest(int count) {
        return new RecentIds(Arrays.copyOfRange(packed, 0, count * WIDTH));
    }

    public RecentIds withoutOldest(int count) {
        return new RecentIds(Arrays.copyOfRange(packed, count * WIDTH, packed.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecentIds that && Arrays.equals(packed, that.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return "RecentIds[" + size() + "]";
    }
}
