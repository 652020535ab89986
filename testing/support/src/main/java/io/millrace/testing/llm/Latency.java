package io.millrace.testing.llm;

import java.time.Duration;
import java.util.Random;

/** How long the server takes for an answer. */
@FunctionalInterface
public interface Latency {
    Duration next();

    static Latency constant(Duration latency) {
        return () -> latency;
    }

    /**
     * A lognormal distribution, as answers of models have about.
     *
     * @param sigma of the logarithm; 0 for a constant
     * @param seed of the same latencies in the same order
     */
    static Latency lognormal(Duration median, double sigma, long seed) {
        Random random = new Random(seed);
        return () -> {
            double factor = Math.exp(sigma * gaussian(random));
            return Duration.ofNanos((long) (median.toNanos() * factor));
        };
    }

    private static double gaussian(Random random) {
        synchronized (random) {
            return random.nextGaussian();
        }
    }
}
