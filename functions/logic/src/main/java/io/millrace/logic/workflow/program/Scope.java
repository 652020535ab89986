package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;

/** The variables that an expression may use. */
@FunctionalInterface
public interface Scope {

    /** @return null when there is none of that name */
    JsonNode variable(String name);

    /** Told how many steps an evaluation took. */
    default void spent(long steps) {}
}
