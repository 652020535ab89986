package io.millrace.simulation.rollout;

import io.millrace.logic.analytics.Histogram;
import io.millrace.schema.rollout.HealthCounted.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Requests by chance: each is answered with the new variant with the probability that the flag says. */
final class Traffic {
    private static final double MEDIAN_MS = 100;
    private static final double SPREAD = 0.5;
    private static final double SLOWER = 3;

    private final RandomGenerator random;
    private final int perMinute;

    /**
     * How requests go.
     *
     * @param errors how probable it is that one fails
     * @param slow how probable it is that one takes longer
     */
    record Requests(double errors, double slow) {
        static Requests failing(double errors) {
            return new Requests(errors, 0);
        }
    }

    Traffic(long seed, int perMinute) {
        this.random = new SplittableRandom(seed);
        this.perMinute = perMinute;
    }

    /** How many requests come in a minute, and how many of them get the new variant. */
    int[] split(double load, int percent) {
        int all = (int) Math.round(load * perMinute);
        int fresh = 0;
        for (int i = 0; i < all; i++) {
            fresh += random.nextInt(100) < percent ? 1 : 0;
        }
        return new int[] {fresh, all - fresh};
    }

    /** What is told of so many requests. */
    Variant variant(String name, int requests, Requests how) {
        long errors = 0;
        int[] bins = new int[1_001];
        for (int i = 0; i < requests; i++) {
            errors += random.nextDouble() < how.errors() ? 1 : 0;
            double factor = how.slow() > 0 && random.nextDouble() < how.slow() ? SLOWER : 1;
            long ms = Math.round(factor * MEDIAN_MS * Math.exp(SPREAD * random.nextGaussian()));
            bins[(int) Math.min(1_000, Histogram.bin(ms))]++;
        }
        List<Long> pairs = new ArrayList<>();
        for (int bin = 0; bin < bins.length; bin++) {
            if (bins[bin] > 0) {
                pairs.add((long) bin);
                pairs.add((long) bins[bin]);
            }
        }
        return new Variant(name, requests, errors, pairs, Map.of(), 0, 0, 0, 0);
    }
}
