package io.millrace.logic.agent.gate;

import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Attempts that were let through and whose outcome is not known, with what is reserved for each. */
final class OpenAttempts {
    private final Map<String, Open> byId = new HashMap<>();
    private final TreeSet<Open> byTime =
            new TreeSet<>(Comparator.comparingLong(Open::releaseAt).thenComparing(Open::attemptId));
    private long reservedMicros;
    private long bytes;

    /**
     * @param releaseAt when its outcome is not waited for any longer, milliseconds since the epoch
     * @param micros reserved, millionths of the currency
     * @param tokens reserved
     * @param bytes of its input
     */
    record Open(String attemptId, long releaseAt, long micros, long tokens, long bytes) {}

    boolean contains(String attemptId) {
        return byId.containsKey(attemptId);
    }

    void add(Open open) {
        byId.put(open.attemptId(), open);
        byTime.add(open);
        reservedMicros += open.micros();
        bytes += open.bytes();
    }

    /** Takes the attempt out; null when it is not there, or not any more. */
    Open remove(String attemptId) {
        Open open = byId.remove(attemptId);
        if (open != null) {
            byTime.remove(open);
            reservedMicros -= open.micros();
            bytes -= open.bytes();
        }
        return open;
    }

    /** Takes out one whose outcome is not waited for any longer; null when there is none. */
    Open removeDue(long time) {
        return nextRelease() <= time ? remove(byTime.first().attemptId()) : null;
    }

    /** When that is next; {@link Long#MAX_VALUE} for never. */
    long nextRelease() {
        return byTime.isEmpty() ? Long.MAX_VALUE : byTime.first().releaseAt();
    }

    int size() {
        return byId.size();
    }

    long reservedMicros() {
        return reservedMicros;
    }

    /** Of all inputs together. */
    long bytes() {
        return bytes;
    }

    void write(DataOutput out) throws IOException {
        Binary.writeList(out, List.copyOf(byTime), (o, open) -> {
            Binary.writeString(o, open.attemptId());
            o.writeLong(open.releaseAt());
            Binary.writeSigned(o, open.micros());
            Binary.writeSigned(o, open.tokens());
            Binary.writeSigned(o, open.bytes());
        });
    }

    void read(DataInput in) throws IOException {
        Binary.readList(
                        in,
                        i -> new Open(
                                Binary.readString(i),
                                i.readLong(),
                                Binary.readSigned(i),
                                Binary.readSigned(i),
                                Binary.readSigned(i)))
                .forEach(this::add);
    }
}
