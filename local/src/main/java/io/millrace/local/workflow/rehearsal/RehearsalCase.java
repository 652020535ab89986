package io.millrace.local.workflow.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One test of a workflow: what a run starts with, what everybody else does, and what is expected of it.
 *
 * @param input null for none
 * @param agents by name, the first of an agent's replies that fits a call is its answer
 * @param workflows the same of runs that it starts
 * @param approvalRequired agents that are called only after somebody approved it
 * @param people who decide, each as soon as they are asked
 * @param signals that are sent
 */
record RehearsalCase(
        String name,
        JsonNode input,
        Map<String, List<Reply>> agents,
        Map<String, List<Reply>> workflows,
        Set<String> approvalRequired,
        List<Decision> people,
        List<Signal> signals,
        Expectation expected) {

    /**
     * Somebody decides.
     *
     * @param step the name of the step that asks; null for any
     * @param after how long that takes them
     * @param comment may be null, as {@code data}
     */
    record Decision(String step, String by, String choice, String comment, JsonNode data, Duration after) {}

    /**
     * The run is told something.
     *
     * @param after the run's start
     */
    record Signal(String name, JsonNode data, Duration after) {}
}
