package io.millrace.logic.workflow.bind;

import io.millrace.logic.workflow.program.JqFormulas;
import io.millrace.logic.workflow.program.Program;
import io.millrace.logic.workflow.text.Problem;
import io.millrace.logic.workflow.text.WorkflowReader;
import io.millrace.logic.workflow.text.WorkflowReading;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.WorkflowDefined;
import java.util.List;
import java.util.stream.Collectors;

/** Makes programs of definitions as they were published. */
public final class DefinitionReader {
    private static final int MAX_SAID = 3;
    private static final WorkflowReader READER = new WorkflowReader(new JqFormulas());

    private DefinitionReader() {}

    /** @throws RejectedEventException with line, path and reason when it can't be run */
    public static Program read(WorkflowDefined defined) throws RejectedEventException {
        Program program = program(defined.text());
        requireSame("workflow", defined.workflow(), program.name());
        requireSame("version", defined.version(), program.version());
        return program;
    }

    /** @throws RejectedEventException with line, path and reason of the first problems when the text can't be run */
    public static Program program(String text) throws RejectedEventException {
        WorkflowReading reading = READER.read(text);
        if (reading.isValid()) {
            return reading.program();
        }
        List<Problem> problems = reading.problems();
        String first = problems.stream().limit(MAX_SAID).map(Problem::toString).collect(Collectors.joining("; "));
        int more = problems.size() - MAX_SAID;
        throw new RejectedEventException(
                ErrorCode.INVALID_WORKFLOW, "text: " + first + (more > 0 ? "; and " + more + " more" : ""));
    }

    /** All that is wrong with a text, in its order; empty when it can be run. */
    public static List<Problem> problems(String text) {
        return READER.read(text).problems();
    }

    private static void requireSame(String field, String given, String ofText) throws RejectedEventException {
        if (!given.equals(ofText)) {
            throw new RejectedEventException(
                    ErrorCode.INVALID_WORKFLOW, field + ": is \"" + given + "\", and the text says \"" + ofText + "\"");
        }
    }
}
