package io.millrace.logic.agent.gate;

import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Whose cost was counted already, of the last 10,000: after a crash an outcome may come before its attempt is issued again, and a
 * second one when the attempt is made again. Ids are kept as hashes of 64 bits.
 */
final class CountedAttempts {
    private static final int MAX_KEPT = 10_000;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final LinkedHashSet<Long> hashes = new LinkedHashSet<>();

    boolean contains(String attemptId) {
        return hashes.contains(hash(attemptId));
    }

    /** Whether it was not there. */
    boolean add(String attemptId) {
        if (!hashes.add(hash(attemptId))) {
            return false;
        }
        if (hashes.size() > MAX_KEPT) {
            Iterator<Long> oldest = hashes.iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
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
        Binary.writeList(out, List.copyOf(hashes), (o, hash) -> o.writeLong(hash));
    }

    void read(DataInput in) throws IOException {
        hashes.addAll(Binary.readList(in, DataInput::readLong));
    }
}
