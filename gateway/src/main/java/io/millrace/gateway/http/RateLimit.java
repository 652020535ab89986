package io.millrace.gateway.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How many requests a caller may send: so many each second, and so many at once after a pause. */
public final class RateLimit {
    private static final int CALLERS = 20_000;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > CALLERS;
        }
    };

    private record Bucket(double left, long at) {}

    /** @param nanos the clock */
    public RateLimit(int perSecond, int burst, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanos = nanos;
    }

    /** Counts a request; false when it is one too many. */
    public synchronized boolean take(String caller) {
        long now = nanos.getAsLong();
        Bucket bucket = refill(caller, now);
        boolean taken = bucket.left() >= 1;
        buckets.put(caller, new Bucket(taken ? bucket.left() - 1 : bucket.left(), now));
        return taken;
    }

    private Bucket refill(String caller, long now) {
        Bucket known = buckets.get(caller);
        return known == null
                ? new Bucket(burst, now)
                : new Bucket(Math.min(burst, known.left() + (now - known.at()) / NANOS * perSecond), now);
    }
}
