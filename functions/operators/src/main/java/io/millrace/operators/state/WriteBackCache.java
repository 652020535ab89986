package io.millrace.operators.state;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.operators.KeyContext;

/**
 * A keyed value state with the values of the keys used last on the heap, so that one that is used again and again is
 * not decoded and encoded each time. What has changed is written to the state when others need its place, and by {@link
 * #writeBack}: before a checkpoint, and before anybody looks at the state itself. Not thread-safe.
 *
 * @param <V> the value, immutable
 */
public final class WriteBackCache<V> implements KeyedValue<V> {
    private final KeyContext keys;
    private final ValueState<V> state;
    private final ToIntFunction<V> sizeOf;
    private final Limits limits;
    /** By key, the one used last at the end. */
    private final LinkedHashMap<Object, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long size;

    /**
     * What may be on the heap at a time.
     *
     * @param keys at least one; as many writes, at most, does a checkpoint wait for
     * @param bytes of all values together
     */
    public record Limits(int keys, long bytes) {
        public Limits {
            if (keys < 1) {
                throw new IllegalArgumentException("there must be room for one key, not for " + keys);
            }
        }
    }

    private static final class Entry<V> {
        private V value;
        private int size;
        private boolean changed;
    }

    /**
     * @param keys has the current key
     * @param sizeOf roughly how many bytes a value takes; it is not asked about null
     */
    public WriteBackCache(KeyContext keys, ValueState<V> state, ToIntFunction<V> sizeOf, Limits limits) {
        this.keys = keys;
        this.state = state;
        this.sizeOf = sizeOf;
        this.limits = limits;
    }

    @Override
    public V value() throws IOException {
        return entry().value;
    }

    @Override
    public void update(V value) throws IOException {
        Entry<V> entry = entry();
        set(entry, value);
        entry.changed = true;
        makeRoom();
    }

    private Entry<V> entry() throws IOException {
        Object key = Objects.requireNonNull(keys.getCurrentKey(), "there is no current key");
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            entry = new Entry<>();
            set(entry, state.value());
            entries.put(key, entry);
            makeRoom();
        }
        return entry;
    }

    private void set(Entry<V> entry, V value) {
        int after = value == null ? 0 : sizeOf.applyAsInt(value);
        size += after - entry.size;
        entry.size = after;
        entry.value = value;
    }

    /** What was used last stays, however large it is. */
    private void makeRoom() throws IOException {
        if (!isOver()) {
            return;
        }
        Object current = keys.getCurrentKey();
        Iterator<Map.Entry<Object, Entry<V>>> eldest = entries.entrySet().iterator();
        while (isOver()) {
            Map.Entry<Object, Entry<V>> entry = eldest.next();
            write(entry.getKey(), entry.getValue());
            size -= entry.getValue().size;
            eldest.remove();
        }
        keys.setCurrentKey(current);
    }

    private boolean isOver() {
        return entries.size() > 1 && (entries.size() > limits.keys() || size > limits.bytes());
    }

    @Override
    public void writeBack() throws IOException {
        Object current = keys.getCurrentKey();
        for (Map.Entry<Object, Entry<V>> entry : entries.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
        if (current != null) {
            keys.setCurrentKey(current);
        }
    }

    private void write(Object key, Entry<V> entry) throws IOException {
        if (!entry.changed) {
            return;
        }
        keys.setCurrentKey(key);
        if (entry.value == null) {
            state.clear();
        } else {
            state.update(entry.value);
        }
        entry.changed = false;
    }
}
