package io.millrace.operators.workflow;

import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.WorkflowDefined;
import java.io.Serializable;
import java.util.List;

/** Looks whether a definition can be run. */
@FunctionalInterface
public interface DefinitionCheck extends Serializable {

    /**
     * @return the names of the agents that it may call
     * @throws RejectedEventException with line, path and reason when it can't be run
     */
    List<String> agents(WorkflowDefined defined) throws RejectedEventException;
}
