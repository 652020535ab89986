package io.millrace.local.cli;

import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowRun;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which runs a command is about. */
final class RunFilter {

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Only those in one of these states: ${COMPLETION-CANDIDATES}.")
    private List<RunStatus> states;

    @Option(names = "--name", paramLabel = "NAME", description = "Only those of that workflow.")
    private String workflow;

    @Option(names = "--attribute", paramLabel = "K=V", description = "Only those with that attribute.")
    private Map<String, String> attributes = new TreeMap<>();

    /** Whether anything is asked for. */
    boolean isGiven() {
        return states != null || workflow != null || !attributes.isEmpty();
    }

    /** @param otherwise the states when none is asked for */
    boolean takes(WorkflowRun run, Set<RunStatus> otherwise) {
        Set<RunStatus> wanted = states == null ? otherwise : EnumSet.copyOf(states);
        return wanted.contains(run.state())
                && (workflow == null || workflow.equals(run.workflow()))
                && run.attributes().entrySet().containsAll(attributes.entrySet());
    }
}
