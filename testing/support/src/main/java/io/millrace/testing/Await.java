package io.millrace.testing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for conditions, bounded in time: what tests do instead of sleeping. */
public final class Await {
    /** How long is waited before a condition is said not to come, unless another limit is given. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    /** Short beside what is waited for, long beside a look at it. */
    private static final long LOOK_EVERY_MILLIS = 20;

    private Await() {}

    /** Something that holds or not, and may fail. */
    @FunctionalInterface
    public interface Condition<E extends Exception> {
        boolean holds() throws E;
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param what completes the sentence "waited for"
     * @throws AssertionError when it does not hold within {@link #LIMIT}, or the thread is interrupted
     */
    public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
        until(what, () -> "", condition);
    }

    /** As {@link #until(String, Condition)}; {@code state} tells what was there instead. */
    public static <E extends Exception> void until(String what, Supplier<String> state, Condition<E> condition)
            throws E {
        until(what, LIMIT, state, condition);
    }

    /** As {@link #until(String, Supplier, Condition)}, for as long as {@code limit}. */
    public static <E extends Exception> void until(
            String what, Duration limit, Supplier<String> state, Condition<E> condition) throws E {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + limit.toSeconds() + " s for " + what + "; " + state.get());
            }
            pause(what);
        }
    }

    /**
     * Watches that something does not happen.
     *
     * @throws AssertionError as soon as {@code event} holds within the time, or when the thread is interrupted
     */
    public static <E extends Exception> void never(String what, Duration within, Condition<E> event) throws E {
        long deadline = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < deadline) {
            if (event.holds()) {
                throw new AssertionError(what);
            }
            pause(what);
        }
    }

    private static void pause(String what) {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        }
    }
}
