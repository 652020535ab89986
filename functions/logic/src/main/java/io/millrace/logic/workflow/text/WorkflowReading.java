package io.millrace.logic.workflow.text;

import io.millrace.logic.workflow.program.Program;
import java.util.List;

/**
 * What a text came to.
 *
 * @param program null when there are problems
 * @param problems in the order of the text, at most 50
 */
public record WorkflowReading(Program program, List<Problem> problems) {
    /** Whether it can be run. */
    public boolean isValid() {
        return problems.isEmpty();
    }
}
