package io.millrace.operators.workflow;

import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.WorkflowDefined;
import java.io.Serializable;

/** Makes programs of definitions. */
@FunctionalInterface
public interface ProgramReader extends Serializable {

    /** @throws RejectedEventException with line, path and reason when it can't be run */
    Program read(WorkflowDefined defined) throws RejectedEventException;
}
