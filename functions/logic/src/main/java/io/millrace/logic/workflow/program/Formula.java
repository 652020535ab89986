package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;

/** An expression that was compiled once; the same arguments give the same value. */
@FunctionalInterface
public interface Formula {

    /**
     * @param input what {@code .} stands for
     * @throws FormulaException when it has no value, or needs more than it may
     */
    JsonNode evaluate(JsonNode input, Scope scope) throws FormulaException;
}
