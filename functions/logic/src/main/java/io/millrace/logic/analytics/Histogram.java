package io.millrace.logic.analytics;

import io.millrace.schema.analytics.FiguresCounted.Distribution;
import java.util.ArrayList;
import java.util.List;

/**
 * How values are distributed, in bins whose bounds grow by 2 %, so that a quantile is true to 1 % (the sketch of Masson,
 * Rim and Lee, DDSketch, 2019) and histograms add up.
 *
 * @param max the largest value
 * @param bins pairs of a bin's number, ascending, and how many values are in it; see {@link Distribution}
 */
public record Histogram(long max, List<Long> bins) {
    public static final Histogram EMPTY = new Histogram(0, List.of());

    private static final double GROWTH = 1.02;
    private static final double LOG_OF_GROWTH = Math.log(GROWTH);

    /** Of bins that were counted elsewhere. The largest value is taken to be the largest of its bin. */
    public static Histogram of(List<Long> bins) {
        return bins.isEmpty() ? EMPTY : new Histogram(largest(bins.get(bins.size() - 2)), List.copyOf(bins));
    }

    /** @param value negative ones are taken for 0 */
    public Histogram with(long value) {
        long bin = bin(value);
        int at = 0;
        while (at < bins.size() && bins.get(at) < bin) {
            at += 2;
        }
        List<Long> after = new ArrayList<>(bins.size() + 2);
        after.addAll(bins);
        if (at < bins.size() && bins.get(at) == bin) {
            after.set(at + 1, bins.get(at + 1) + 1);
        } else {
            after.add(at, 1L);
            after.add(at, bin);
        }
        return new Histogram(Math.max(max, value), after);
    }

    /** Both together. */
    public Histogram plus(Histogram other) {
        List<Long> sum = new ArrayList<>(bins.size() + other.bins.size());
        int i = 0;
        int j = 0;
        while (i < bins.size() || j < other.bins.size()) {
            long one = i < bins.size() ? bins.get(i) : Long.MAX_VALUE;
            long two = j < other.bins.size() ? other.bins.get(j) : Long.MAX_VALUE;
            sum.add(Math.min(one, two));
            sum.add((one <= two ? bins.get(i + 1) : 0) + (two <= one ? other.bins.get(j + 1) : 0));
            i += one <= two ? 2 : 0;
            j += two <= one ? 2 : 0;
        }
        return new Histogram(Math.max(max, other.max), List.copyOf(sum));
    }

    /** How many values are in bins beyond one. */
    public long above(long bin) {
        long count = 0;
        for (int i = bins.size() - 2; i >= 0 && bins.get(i) > bin; i -= 2) {
            count += bins.get(i + 1);
        }
        return count;
    }

    /** The bin of the value that {@code share} of all do not exceed; 0 when there is none. */
    public long binOfQuantile(double share) {
        long rank = (long) Math.ceil(share * count());
        for (int i = 0; i < bins.size(); i += 2) {
            rank -= bins.get(i + 1);
            if (rank <= 0) {
                return bins.get(i);
            }
        }
        return 0;
    }

    /** The largest value that a bin holds. */
    public static long largest(long bin) {
        return bin == 0 ? 0 : (long) Math.floor(Math.pow(GROWTH, bin - 1.0) + 1e-6);
    }

    /** The bin that holds a value. */
    public static long bin(long value) {
        return value <= 0 ? 0 : 1 + (long) Math.ceil(Math.log(value) / LOG_OF_GROWTH - 1e-9);
    }

    public long count() {
        long count = 0;
        for (int i = 1; i < bins.size(); i += 2) {
            count += bins.get(i);
        }
        return count;
    }

    /** The value that {@code share} of all do not exceed, to 1 %; 0 when there is none. */
    public long quantile(double share) {
        long rank = (long) Math.ceil(share * count());
        for (int i = 0; i < bins.size(); i += 2) {
            rank -= bins.get(i + 1);
            if (rank <= 0) {
                return Math.min(max, middle(bins.get(i)));
            }
        }
        return max;
    }

    private static long middle(long bin) {
        return bin == 0 ? 0 : Math.round(2 * Math.pow(GROWTH, bin - 1.0) / (GROWTH + 1));
    }

    Distribution distribution() {
        return new Distribution(count(), quantile(0.5), quantile(0.95), quantile(0.99), max, bins);
    }
}
