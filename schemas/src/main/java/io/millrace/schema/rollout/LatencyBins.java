package io.millrace.schema.rollout;

import java.util.List;

/** What must be true of latencies in bins, as they travel: pairs of a bin's number, ascending, and how many are in it. */
final class LatencyBins {
    static final String DESCRIPTION =
            "Latencies in bins: the number of each, ascending, and how many requests are in it. Bin 0 holds 0 ms; bin n from 1"
                    + " holds those up to 1.02^(n-1) ms, as in analytics.counted.";
    static final int MAX = 2_000;
    /** Beyond an hour. */
    private static final long LAST = MAX / 2 - 1;

    private LatencyBins() {}

    /** @throws IllegalArgumentException when they are none, or there are more of them than requests */
    static void require(List<Long> bins, long requests) {
        long before = -1;
        long count = 0;
        for (int i = 0; i + 1 < bins.size(); i += 2) {
            if (bins.get(i) <= before || bins.get(i) > LAST) {
                throw new IllegalArgumentException("latency_bins: numbers of bins must ascend, up to " + LAST);
            }
            before = bins.get(i);
            if (bins.get(i + 1) > requests - count) {
                throw new IllegalArgumentException("latency_bins: must not have more requests than requests says");
            }
            count += bins.get(i + 1);
        }
        if (bins.size() % 2 != 0) {
            throw new IllegalArgumentException("latency_bins: must be pairs of numbers");
        }
    }
}
