package io.millrace.expressions;

import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one evaluation has done so far. Each thing is paid for before it is done. */
final class Meter {
    /** Of values within values: as deep as jq 1.6 reads them; half a megabyte of stack has room for it several times. */
    static final int MAX_NESTING = 256;

    private static final int MAX_PATTERNS = 32;
    private static final int ITEM_BYTES = 8;
    private static final int FIELD_BYTES = 48;
    private static final int HEADER_BYTES = 48;
    private static final int CHARACTERS_OF_A_STEP = 64;

    private final Budget budget;
    private final Map<String, Pattern> patterns = new LinkedHashMap<>();
    private long steps;
    private long bytes;
    private int outputs;

    Meter(Budget budget) {
        this.budget = budget;
    }

    /** How many were taken. */
    long steps() {
        return steps;
    }

    void step() {
        steps(1);
    }

    void steps(long count) {
        steps += count;
        if (steps > budget.steps()) {
            throw new Exceeded(ExpressionException.Kind.STEPS, "takes more than " + budget.steps() + " steps");
        }
    }

    /** Of continuations, alternatives or environments. */
    void depth(int depth) {
        if (depth > budget.depth()) {
            throw new Exceeded(ExpressionException.Kind.DEPTH, "recurses deeper than " + budget.depth());
        }
    }

    /** A value within as many others. */
    static void nesting(int depth) {
        if (depth > MAX_NESTING) {
            throw new Exceeded(ExpressionException.Kind.DEPTH, "makes a value nested deeper than " + MAX_NESTING);
        }
    }

    /** A text that is made or read. */
    void text(long characters) {
        steps(characters / CHARACTERS_OF_A_STEP);
        bytes(HEADER_BYTES + 2 * characters);
    }

    /** A piece of a text that is made piece by piece. */
    void made(long characters) {
        steps(characters / CHARACTERS_OF_A_STEP);
        bytes(2 * characters);
    }

    /** A text that is read. */
    void read(long characters) {
        steps(characters / CHARACTERS_OF_A_STEP);
    }

    void array(long items) {
        steps(items / CHARACTERS_OF_A_STEP);
        bytes(HEADER_BYTES + ITEM_BYTES * items);
    }

    void object(long fields) {
        steps(fields / ITEM_BYTES);
        bytes(HEADER_BYTES + FIELD_BYTES * fields);
    }

    void output() {
        if (++outputs > budget.outputs()) {
            throw new Exceeded(ExpressionException.Kind.OUTPUTS, "has more than " + budget.outputs() + " values");
        }
    }

    private void bytes(long count) {
        bytes += count;
        if (bytes > budget.bytes()) {
            throw new Exceeded(
                    ExpressionException.Kind.BYTES, "makes values of more than " + budget.bytes() + " bytes");
        }
    }

    /** Compiled, so that a loop compiles its pattern once; null when it is not known. */
    Pattern pattern(String key) {
        return patterns.get(key);
    }

    void remember(String key, Pattern pattern) {
        if (patterns.size() == MAX_PATTERNS) {
            patterns.clear();
        }
        patterns.put(key, pattern);
    }
}
