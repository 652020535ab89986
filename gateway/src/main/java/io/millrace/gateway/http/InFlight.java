package io.millrace.gateway.http;

import java.util.HashMap;
import java.util.Map;

/**
 * How many requests of one caller may be under way at once. Each holds a thread, also while its body does not come or while it
 * waits, and threads are few: so nobody gets all of them.
 */
final class InFlight {
    private final Map<String, Integer> counts = new HashMap<>();

    /** Begins a request, whose {@link #end} has to follow; false when it is one more than {@code most}. */
    synchronized boolean begin(String caller, int most) {
        int count = counts.getOrDefault(caller, 0);
        if (count >= most) {
            return false;
        }
        counts.put(caller, count + 1);
        return true;
    }

    synchronized void end(String caller) {
        counts.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
    }
}
