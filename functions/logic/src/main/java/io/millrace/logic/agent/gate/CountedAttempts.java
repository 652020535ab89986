package io.millrace.logic.agent.gate;

import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose cost was counted already, of the last day of log time and of 10,000: after a crash an outcome may come before
 * its attempt is issued again, and a second one when the attempt is made again. Ids are kept as hashes of 64 bits.
 */
final class CountedAttempts {
    private static final int MAX_KEPT = 10_000;
    private static final long KEPT_MS = 86_400_000;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** When each was counted, oldest first. */
    private final LinkedHashMap<Long, Long> times = new LinkedHashMap<>();

    boolean contains(String attemptId) {
        return times.containsKey(hash(attemptId));
    }

    /**
     * Whether it was not there.
     *
     * @param now not before that of the call before, milliseconds since the epoch
     */
    boolean add(String attemptId, long now) {
        if (times.putIfAbsent(hash(attemptId), now) != null) {
            return false;
        }
        if (times.size() > MAX_KEPT) {
            removeOldest();
        }
        return true;
    }

    void advance(long now) {
        while (oldest() <= now - KEPT_MS) {
            removeOldest();
        }
    }

    void notAfter(long latest) {
        times.replaceAll((id, time) -> Math.min(time, latest));
    }

    private long oldest() {
        return times.isEmpty() ? Long.MAX_VALUE : times.values().iterator().next();
    }

    private void removeOldest() {
        Iterator<Long> oldest = times.keySet().iterator();
        oldest.next();
        oldest.remove();
    }

    /** When the oldest is forgotten; {@link Long#MAX_VALUE} for never. */
    long nextForgotten() {
        return times.isEmpty() ? Long.MAX_VALUE : oldest() + KEPT_MS;
    }

    /** FNV-1a, by UTF-16 code units. */
    private static long hash(String id) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    void write(DataOutput out) throws IOException {
        Binary.writeList(out, List.copyOf(times.entrySet()), (o, entry) -> {
            o.writeLong(entry.getKey());
            o.writeLong(entry.getValue());
        });
    }

    void read(DataInput in) throws IOException {
        Binary.readList(in, i -> Map.entry(i.readLong(), i.readLong()))
                .forEach(entry -> times.put(entry.getKey(), entry.getValue()));
    }
}
