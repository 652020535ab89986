package io.millrace.logic.workflow.program;

import java.util.List;

/** Steps that follow each other. */
public record TaskList(String pointer, List<Step> steps) {

    public int size() {
        return steps.size();
    }

    /** The position of a step; -1 when there is none of that name. */
    public int indexOf(String name) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).head().name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
