package io.millrace.simulation;

import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Keyed state as RocksDB keeps it: bytes that are read and written at each access, and wake-ups in their order. */
final class StateStore {
    private static final SeriesCodec CODEC = new SeriesCodec();

    /** A timer. */
    record Wake(long time, String key) implements Comparable<Wake> {
        @Override
        public int compareTo(Wake other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : key.compareTo(other.key);
        }
    }

    final Map<String, byte[]> series;
    final Map<String, Map<UUID, Long>> overflowed;
    final TreeSet<Wake> wakes;

    StateStore() {
        this(new HashMap<>(), new HashMap<>(), new TreeSet<>());
    }

    private StateStore(Map<String, byte[]> series, Map<String, Map<UUID, Long>> overflowed, TreeSet<Wake> wakes) {
        this.series = series;
        this.overflowed = overflowed;
        this.wakes = wakes;
    }

    Series read(String key) {
        byte[] bytes = series.get(key);
        if (bytes == null) {
            return null;
        }
        try {
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            Series read = CODEC.read(new DataInputStream(in));
            if (in.available() > 0) {
                throw new IllegalStateException("the codec leaves " + in.available() + " bytes of the state of " + key);
            }
            return read;
        } catch (IOException e) {
            throw new UncheckedIOException("the state of " + key + " can't be read", e);
        }
    }

    /** @param value null for nothing */
    void write(String key, Series value) {
        if (value == null) {
            series.remove(key);
            return;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            CODEC.write(value, new DataOutputStream(bytes));
            series.put(key, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Long overflowedAt(String key, UUID id) {
        Map<UUID, Long> ids = overflowed.get(key);
        return ids == null ? null : ids.get(id);
    }

    void overflow(String key, UUID id, long time) {
        overflowed.computeIfAbsent(key, k -> new HashMap<>()).put(id, time);
    }

    void forgetOverflowed(String key, long before) {
        Map<UUID, Long> ids = overflowed.getOrDefault(key, Map.of());
        for (Iterator<Long> times = ids.values().iterator(); times.hasNext(); ) {
            if (times.next() < before) {
                times.remove();
            }
        }
        if (ids.isEmpty()) {
            overflowed.remove(key);
        }
    }

    /** A copy that later changes do not reach; encoded series are never changed in place. */
    StateStore copy() {
        Map<String, Map<UUID, Long>> ids = new HashMap<>();
        overflowed.forEach((key, times) -> ids.put(key, new HashMap<>(times)));
        return new StateStore(new HashMap<>(series), ids, new TreeSet<>(wakes));
    }

    /** The key's share of this store moves to another one. */
    void moveTo(StateStore other, String key) {
        if (series.containsKey(key)) {
            other.series.put(key, series.get(key));
        }
        if (overflowed.containsKey(key)) {
            other.overflowed.put(key, new HashMap<>(overflowed.get(key)));
        }
    }
}
