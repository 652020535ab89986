package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for conditions. */
final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Await() {}

    /** @param what completes the sentence "waited for" */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LIMIT + " for " + what);
            }
            Thread.sleep(10);
        }
    }

    /** Fails as soon as {@code never} holds within the time. */
    static void never(String what, Duration within, Callable<Boolean> never) throws Exception {
        long deadline = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < deadline) {
            if (never.call()) {
                throw new AssertionError(what);
            }
            Thread.sleep(10);
        }
    }
}
