package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What every step has.
 *
 * @param pointer JSON pointer into the document
 * @param condition null when it is always run
 * @param timeout null without
 * @param then null when the next step follows
 */
public record StepHead(
        String pointer,
        String name,
        JsonNode definition,
        Formula condition,
        DataRule input,
        DataRule output,
        DataRule export,
        Period timeout,
        String then) {}
