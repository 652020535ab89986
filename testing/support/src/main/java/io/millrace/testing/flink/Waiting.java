package io.millrace.testing.flink;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never longer than a limit. */
final class Waiting {
    private static final long PAUSE_MILLIS = 100;

    private Waiting() {}

    /**
     * @param problem asked when the time is up; becomes the message
     * @throws IllegalStateException when the condition does not hold within the limit, or the thread is interrupted
     */
    static void until(BooleanSupplier condition, Duration limit, Supplier<String> problem) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(problem.get() + " after " + limit.toSeconds() + " s");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting", e);
            }
        }
    }
}
