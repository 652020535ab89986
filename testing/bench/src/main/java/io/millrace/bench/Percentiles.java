package io.millrace.bench;

import java.util.Arrays;

/** Percentiles by nearest rank: the least value that at least that share of all values does not exceed. */
final class Percentiles {
    private final long[] sorted;

    /** @throws IllegalArgumentException when there is no value */
    Percentiles(long[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** @param percent above 0, at most 100 */
    long at(double percent) {
        // Scaled to thousandths of a percent: 99.9 % of 1000 is 999, not 999.0000000000001.
        long rank = (Math.round(percent * 1000) * sorted.length + 99_999) / 100_000;
        return sorted[(int) Math.max(0, rank - 1)];
    }
}
