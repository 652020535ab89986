package io.millrace.gateway.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** How far the model is, for those who wait until it has read something. */
public final class ModelProgress {
    private static final int KEPT_OUTCOMES = 20_000;

    private final Map<LogPartition, Long> next = new HashMap<>();
    private final Map<EventRef, Outcome> outcomes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EventRef, Outcome> eldest) {
            return size() > KEPT_OUTCOMES;
        }
    };
    private long lastChange;
    private String epoch = "";

    ModelProgress() {}

    synchronized void start(Map<LogPartition, Long> positions, long change, String ofEpoch) {
        next.clear();
        next.putAll(positions);
        lastChange = change;
        epoch = ofEpoch;
        notifyAll();
    }

    synchronized void committed(Map<LogPartition, Long> positions, List<Effect> effects, long change) {
        next.putAll(positions);
        effects.forEach(effect -> outcomes.put(effect.event(), effect.outcome()));
        lastChange = change;
        notifyAll();
    }

    /** The number of the last change that was noted. */
    public synchronized long lastChange() {
        return lastChange;
    }

    /** Names the file of the model: numbers of changes are of it alone. */
    public synchronized String epoch() {
        return epoch;
    }

    /** The positions of what comes next. */
    public synchronized Map<LogPartition, Long> positions() {
        return Map.copyOf(next);
    }

    /** Waits until the record of that position is in the model; says whether it is. */
    public boolean awaitPosition(LogPartition partition, long position, Duration limit) {
        return await(limit, () -> next.getOrDefault(partition, 0L) > position ? Boolean.TRUE : null) != null;
    }

    /** Waits until it is known what came of an event; null when it is not by then. */
    public Outcome awaitOutcome(EventRef event, Duration limit) {
        return await(limit, () -> outcomes.get(event));
    }

    /** Waits until a change is noted after that one; says whether there is. */
    public boolean awaitChangeAfter(long change, Duration limit) {
        return await(limit, () -> lastChange > change ? Boolean.TRUE : null) != null;
    }

    private synchronized <T> T await(Duration limit, Supplier<T> look) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            T found = look.get();
            long left = deadline - System.nanoTime();
            if (found != null || left <= 0) {
                return found;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
        }
    }
}
