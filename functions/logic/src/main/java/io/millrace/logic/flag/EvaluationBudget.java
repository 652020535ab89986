package io.millrace.logic.flag;

/**
 * How much may be done yet for a flag. A step is an expression, an element of a list, or 64
 * characters of a text that is made or searched. Counted, never timed, so that the same is answered everywhere. Of one thread.
 */
public final class EvaluationBudget {
    /** Steps of one flag: a few milliseconds. */
    static final int STEPS_OF_A_FLAG = 100_000;

    /** The longest text that an expression may make, in UTF-16 code units. */
    static final int MAX_TEXT = 64 * 1024;

    private static final int CHARACTERS_OF_A_STEP = 64;

    private final long steps;
    private long left;

    /** Of one flag. */
    public EvaluationBudget() {
        this(STEPS_OF_A_FLAG);
    }

    EvaluationBudget(long steps) {
        this.steps = steps;
        this.left = steps;
    }

    /** Steps that were taken: for whoever evaluates many flags, and bounds them together. */
    public long spent() {
        return Math.min(steps, steps - left);
    }

    void step() {
        spend(1);
    }

    void elements(int count) {
        spend(count);
    }

    void characters(long count) {
        spend(1 + count / CHARACTERS_OF_A_STEP);
    }

    /** A text is searched for another, each of so many characters. */
    void search(int text, int sought) {
        characters((long) text * Math.max(1, sought));
    }

    private void spend(long count) {
        left -= count;
        if (left < 0) {
            throw new RuleException("it takes more than " + steps + " steps");
        }
    }
}
