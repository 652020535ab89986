package io.millrace.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for conditions, bounded in time: what tests do instead of sleeping. */
public final class Await {
    /** How long is waited before a condition is said not to come. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long LOOK_EVERY_MILLIS = 20;

    private Await() {}

    /** Something that holds or not, and may fail. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param what completes the sentence "waited for"
     * @throws AssertionError when it does not hold within {@link #LIMIT}
     */
    public static void until(String what, Condition condition) throws Exception {
        until(what, () -> "", condition);
    }

    /** As {@link #until(String, Condition)}; {@code state} tells what was there instead. */
    public static void until(String what, Supplier<String> state, Condition condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + LIMIT.toSeconds() + " s for " + what + "; " + state.get());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /**
     * Watches that something does not happen.
     *
     * @throws AssertionError as soon as {@code event} holds within the time
     */
    public static void never(String what, Duration within, Condition event) throws Exception {
        long deadline = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < deadline) {
            if (event.holds()) {
                throw new AssertionError(what);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
