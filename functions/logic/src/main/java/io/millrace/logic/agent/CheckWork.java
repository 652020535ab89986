package io.millrace.logic.agent;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaException;
import java.util.Locale;

/**
 * How much a schema may make one check do. By counts and not by time, as a replay has to come to the same end: a few
 * references multiply into as many evaluations as one likes, and many patterns read a long text each.
 */
final class CheckWork {
    /** What 256 KiB of numbers, each with a few keywords, need. */
    static final int MAX_EVALUATIONS = 1_000_000;
    /** Some eighty times 256 KiB: what patterns read, each character as often as the pattern has steps. */
    static final int MAX_READS = 20_000_000;

    /** An error takes room too: as many as that are evaluations. */
    private static final int EVALUATIONS_OF_AN_ERROR = 4;

    private int evaluations;
    private long reads;

    /** Before each check. */
    void begin() {
        evaluations = 0;
        reads = 0;
    }

    private void evaluate(int count) {
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

    /** Counts the keywords that are evaluated: their places are told to it. */
    ExecutionContext context() {
        return new Counting();
    }

    private final class Counting extends ExecutionContext {

        private Counting() {
            // Messages are in one language on every machine.
            super(ExecutionConfig.builder()
                    .locale(Locale.ROOT)
                    .formatAssertionsEnabled(false)
                    .build());
        }

        @Override
        public void evaluationPathAddLast(String keyword) {
            evaluate(1);
            super.evaluationPathAddLast(keyword);
        }

        @Override
        public void evaluationPathAddLast(int index) {
            evaluate(1);
            super.evaluationPathAddLast(index);
        }

        @Override
        public void addError(com.networknt.schema.Error error) {
            evaluate(EVALUATIONS_OF_AN_ERROR);
            super.addError(error);
        }
    }

    /** The message says what was too much. Of the library's kind, since others are logged by it together with the pattern. */
    static final class ExceededException extends SchemaException {
        private static final long serialVersionUID = 1L;

        private ExceededException(String message) {
            super(message);
        }
    }
}
