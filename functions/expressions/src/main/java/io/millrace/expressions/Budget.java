package io.millrace.expressions;

/**
 * What one evaluation may do. All of it is counted, never timed, so that a replay comes to the same end.
 *
 * @param steps of the machine; a function that goes through an array or a text pays for its length
 * @param depth of calls that have something left to do after them, and of alternatives that have not been tried yet
 * @param bytes of texts, arrays and objects made, in all and not at a time, roughly as they take on the heap
 * @param outputs values
 */
public record Budget(long steps, int depth, long bytes, int outputs) {
    /** A second at most, and 100 MB at a time at most, of a program that does its worst. */
    public static final Budget DEFAULT = new Budget(1_000_000, 10_000, 64L << 20, 10_000);

    /** @throws IllegalArgumentException when one is not positive */
    public Budget {
        if (steps <= 0 || depth <= 0 || bytes <= 0 || outputs <= 0) {
            throw new IllegalArgumentException("steps, depth, bytes and outputs must be positive");
        }
    }
}
