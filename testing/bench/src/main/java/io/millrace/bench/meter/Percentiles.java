package io.millrace.bench.meter;

import java.util.Arrays;

/** How values are spread: at least half of them are not above {@code p50}, and so on; in the unit of the values. */
public record Percentiles(long p50, long p99, long p999, long max) {

    /** @param values not empty; in any order, left as they are */
    public static Percentiles of(long[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Percentiles(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), sorted[sorted.length - 1]);
    }

    /** The nearest rank: the least value that is not below that share of all values. */
    private static long at(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** As in a line of progress: {@code p50 1 p99 2 p99.9 3 max 4}. */
    @Override
    public String toString() {
        return "p50 " + p50 + " p99 " + p99 + " p99.9 " + p999 + " max " + max;
    }
}
