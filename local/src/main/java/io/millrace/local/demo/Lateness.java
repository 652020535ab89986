package io.millrace.local.demo;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Counts how late reminders were, to the millisecond, and answers quantiles. Not thread-safe. */
final class Lateness {

    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long total;

    void add(long millis) {
        counts.merge(millis, 1L, Long::sum);
        total++;
    }

    /** @return the smallest lateness that at least {@code quantile} of all do not exceed; null when there are none */
    Duration quantile(double quantile) {
        long rank = Math.max(1, (long) Math.ceil(quantile * total));
        long seen = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return Duration.ofMillis(entry.getKey());
            }
        }
        return null;
    }
}
