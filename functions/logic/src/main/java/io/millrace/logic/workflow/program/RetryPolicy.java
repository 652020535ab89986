package io.millrace.logic.workflow.program;

/**
 * When steps are tried again. Durations are in milliseconds.
 *
 * @param when null when always
 * @param exceptWhen null when always
 * @param delay before the first retry
 * @param maxRetries {@link Integer#MAX_VALUE} when they are not counted
 * @param maxAttemptMillis how long one attempt may take; {@link Long#MAX_VALUE} without limit
 * @param maxMillis how long all attempts may take; {@link Long#MAX_VALUE} without limit
 * @param jitterFrom the least that is added to each delay
 * @param jitterTo the most that is added to each delay
 */
public record RetryPolicy(
        Formula when,
        Formula exceptWhen,
        long delay,
        Backoff backoff,
        int maxRetries,
        long maxAttemptMillis,
        long maxMillis,
        long jitterFrom,
        long jitterTo) {

    /** How the delay grows. */
    public enum Backoff {
        CONSTANT,
        LINEAR,
        EXPONENTIAL
    }

    /** The longest delay; more is no use. */
    private static final long MAX_DELAY = 30L * 24 * 3_600 * 1_000;

    /**
     * The wait before a retry.
     *
     * @param number of the retry, from 1
     * @param fraction where in the range of the jitter, from 0 to 1
     */
    public long delay(int number, double fraction) {
        double factor =
                switch (backoff) {
                    case CONSTANT -> 1;
                    case LINEAR -> number;
                    case EXPONENTIAL -> Math.pow(2, number - 1);
                };
        double jitter = jitterFrom + fraction * (jitterTo - jitterFrom);
        return (long) Math.min(MAX_DELAY, delay * factor + jitter);
    }
}
