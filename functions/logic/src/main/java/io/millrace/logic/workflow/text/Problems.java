package io.millrace.logic.workflow.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was found to be wrong so far: once for each place, and no more than anybody reads. */
final class Problems {
    static final int MAX = 50;

    private final Marks marks;
    private final List<Problem> found = new ArrayList<>();
    private final Set<String> pointers = new HashSet<>();

    Problems(Marks marks) {
        this.marks = marks;
    }

    /** Unless something is known to be wrong there. */
    void add(String pointer, String message) {
        if (found.size() < MAX && pointers.add(pointer)) {
            Marks at = marks.at(pointer);
            found.add(new Problem(at.line(), at.column(), pointer, message));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** In the order of the text. */
    List<Problem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }
}
