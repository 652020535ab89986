package io.millrace.logic.agent.schema;

/**
 * How much the checks by schemas may do that one question takes, such as who can be asked next, however many they are.
 * By counts and not by time, as a replay has to come to the same end: a few references multiply into as many evaluations
 * as one likes, and many patterns read a long text each.
 */
public final class CheckAllowance {
    /** What 256 KiB of numbers, each with a few keywords, need. */
    static final int MAX_EVALUATIONS = 1_000_000;
    /** Some eighty times 256 KiB: what patterns read, each character as often as the pattern has steps. */
    static final int MAX_READS = 20_000_000;

    private long evaluations;
    private long reads;

    /** Before a keyword does as much. */
    void evaluate(long count) {
        evaluations += count;
        if (evaluations > MAX_EVALUATIONS) {
            throw new ExceededException("more than " + MAX_EVALUATIONS + " steps are needed");
        }
    }

    /** Before a pattern reads a text. */
    void read(long steps) {
        reads += steps;
        if (reads > MAX_READS) {
            throw new ExceededException("its patterns need more than " + MAX_READS + " steps");
        }
    }
}
