package io.millrace.logic.workflow.bind;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/** A version by its precedence: Semantic Versioning 2.0.0 §11; what follows a plus does not count. */
public record SemanticVersion(String text) implements Comparable<SemanticVersion> {
    private static final Comparator<SemanticVersion> BY_TEXT = Comparator.comparing(SemanticVersion::text);

    @Override
    public int compareTo(SemanticVersion other) {
        int byCore = compare(List.of(core().split("\\.")), List.of(other.core().split("\\.")));
        if (byCore != 0) {
            return byCore;
        }
        if (label().isEmpty() != other.label().isEmpty()) {
            return label().isEmpty() ? 1 : -1;
        }
        int byLabel =
                compare(List.of(label().split("\\.")), List.of(other.label().split("\\.")));
        return byLabel != 0 ? byLabel : BY_TEXT.compare(this, other);
    }

    /** Whether a start that names no version takes this one rather than another: one that is released, then the higher one. */
    public boolean isPreferredTo(SemanticVersion other) {
        boolean released = label().isEmpty();
        return released == other.label().isEmpty() ? compareTo(other) > 0 : released;
    }

    private String withoutBuild() {
        int plus = text.indexOf('+');
        return plus < 0 ? text : text.substring(0, plus);
    }

    private String core() {
        int dash = withoutBuild().indexOf('-');
        return dash < 0 ? withoutBuild() : withoutBuild().substring(0, dash);
    }

    /** Of a version that is not released yet; empty for one that is. */
    String label() {
        int dash = withoutBuild().indexOf('-');
        return dash < 0 ? "" : withoutBuild().substring(dash + 1);
    }

    private static int compare(List<String> some, List<String> others) {
        for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
            int order = compare(some.get(i), others.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(some.size(), others.size());
    }

    private static int compare(String part, String other) {
        boolean number = isNumber(part);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        return number ? new BigInteger(part).compareTo(new BigInteger(other)) : part.compareTo(other);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
