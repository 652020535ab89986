package io.millrace.logic.workflow;

import io.millrace.schema.agent.Risk;
import io.millrace.schema.workflow.RunStarted;
import io.millrace.schema.workflow.RunStarted.BoundAgent;
import io.millrace.schema.workflow.WorkflowStart;
import java.util.List;
import java.util.Map;

/**
 * What a run is bound to. Components are only ever appended.
 *
 * @param version null when it was refused and named none, as {@code digest}
 * @param parent null unless another run started it
 * @param correlationId may be null, as {@code traceparent}
 * @param choice null unless a flag chose the version
 */
record RunOrigin(
        String tenant,
        String runId,
        String workflow,
        String version,
        String digest,
        Map<String, String> attributes,
        List<BoundAgent> agents,
        WorkflowStart.Parent parent,
        String correlationId,
        String traceparent,
        RunStarted.Choice choice) {

    static RunOrigin of(RunStarted start) {
        return new RunOrigin(
                start.envelope().tenant(),
                start.runId(),
                start.workflow(),
                start.version(),
                start.digest(),
                start.attributes(),
                start.agents(),
                start.parent(),
                start.envelope().correlationId(),
                start.envelope().traceparent(),
                start.choice());
    }

    /** Null for an agent that was not registered. */
    BoundAgent agent(String name) {
        return agents.stream()
                .filter(bound -> bound.agent().equals(name))
                .findFirst()
                .orElse(null);
    }

    boolean needsApproval(String name) {
        BoundAgent agent = agent(name);
        return agent != null && agent.risk() == Risk.APPROVAL_REQUIRED;
    }

    /** How many runs are above it. */
    int depth() {
        return parent == null ? 0 : parent.depth();
    }
}
