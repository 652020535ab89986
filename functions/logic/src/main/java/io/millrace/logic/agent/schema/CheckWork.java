package io.millrace.logic.agent.schema;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.annotation.Annotation;
import com.networknt.schema.annotation.Annotations;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the checks by one schema do, one at a time, charged to the allowance of each. */
final class CheckWork {
    /**
     * Keywords within each other, with the names and places that they lead to. As many fit on the stack of any thread.
     */
    static final int MAX_DEPTH = 1_000;

    /** An error takes room too: as many as that are evaluations, and its text besides. */
    private static final int EVALUATIONS_OF_AN_ERROR = 4;

    private static final int CHARACTERS_OF_AN_EVALUATION = 32;
    private static final int NAMES_OF_AN_EVALUATION = 8;

    private CheckAllowance allowance = new CheckAllowance();

    /** Before each check. */
    void begin(CheckAllowance ofCheck) {
        allowance = ofCheck;
    }

    void evaluate(long count) {
        allowance.evaluate(count);
    }

    void read(long steps) {
        allowance.read(steps);
    }

    /** Counts the keywords that are evaluated: their places are told to it. */
    ExecutionContext context() {
        return new Counting();
    }

    private final class Counting extends ExecutionContext {
        private final Annotations annotations = new CountedAnnotations();
        private int depth;

        private Counting() {
            // Messages are in one language on every machine.
            super(ExecutionConfig.builder()
                    .locale(Locale.ROOT)
                    .formatAssertionsEnabled(false)
                    .build());
        }

        @Override
        public void evaluationPathAddLast(String keyword) {
            enter();
            super.evaluationPathAddLast(keyword);
        }

        @Override
        public void evaluationPathAddLast(int index) {
            enter();
            super.evaluationPathAddLast(index);
        }

        @Override
        public void evaluationPathRemoveLast() {
            depth--;
            super.evaluationPathRemoveLast();
        }

        private void enter() {
            evaluate(1);
            if (depth == MAX_DEPTH) {
                throw new ExceededException("nested more than " + MAX_DEPTH + " deep");
            }
            depth++;
        }

        @Override
        public Annotations getAnnotations() {
            return annotations;
        }

        @Override
        public void addError(com.networknt.schema.Error error) {
            evaluate(EVALUATIONS_OF_AN_ERROR + error.getMessage().length() / CHARACTERS_OF_AN_EVALUATION);
            super.addError(error);
        }
    }

    /** What keywords left at each place, for {@code unevaluatedProperties} and others that search all of a place's. */
    private final class CountedAnnotations extends Annotations {
        private final Places places = new Places();

        @Override
        public void put(Annotation annotation) {
            places.computeIfAbsent(annotation.getInstanceLocation(), place -> new ArrayList<>())
                    .add(annotation);
        }

        @Override
        public Map<NodePath, List<Annotation>> asMap() {
            return places;
        }
    }

    private final class Places extends HashMap<NodePath, List<Annotation>> {
        private static final long serialVersionUID = 1L;

        @Override
        public List<Annotation> get(Object place) {
            return getOrDefault(place, null);
        }

        @Override
        public List<Annotation> getOrDefault(Object place, List<Annotation> otherwise) {
            List<Annotation> found = super.getOrDefault(place, otherwise);
            if (found != null) {
                evaluate(found.stream().mapToLong(Places::names).sum() / NAMES_OF_AN_EVALUATION);
            }
            return found;
        }

        private static long names(Annotation annotation) {
            return annotation.getValue() instanceof Collection<?> names ? 1L + names.size() : 1;
        }
    }
}
