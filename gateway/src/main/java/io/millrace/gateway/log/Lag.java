package io.millrace.gateway.log;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far behind the log the model is.
 *
 * @param live whether it has been at the end of the log once
 * @param byTopic records that it has not read yet
 * @param measuredNanos when that was measured, by {@link System#nanoTime}
 * @param problem why it does not go on; null when it does
 */
public record Lag(boolean live, Map<String, Long> byTopic, long measuredNanos, String problem) {
    static final Lag UNKNOWN = new Lag(false, Map.of(), System.nanoTime(), "the log was not read yet");

    Lag withProblem(String other) {
        return new Lag(live, byTopic, measuredNanos, other);
    }

    static Lag of(boolean live, Map<String, Long> byTopic) {
        return new Lag(live, new TreeMap<>(byTopic), System.nanoTime(), null);
    }

    public long records() {
        return byTopic.values().stream().mapToLong(Long::longValue).sum();
    }

    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - measuredNanos);
    }
}
