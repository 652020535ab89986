package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedSet;

/**
 * A definition that can be run.
 *
 * @param root the whole workflow, with the empty pointer
 * @param steps all steps by their pointers, the root among them
 * @param agents the names of the agents that it may call
 */
public record Program(
        String namespace,
        String name,
        String version,
        JsonNode document,
        Step.Do root,
        Map<String, Step> steps,
        SortedSet<String> agents) {

    /** @return null when there is none */
    public Step step(String pointer) {
        return steps.get(pointer);
    }
}
