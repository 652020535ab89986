package io.millrace.logic.workflow.program;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How the errors of a step are dealt with.
 *
 * @param filter members that an error has to have, equal; an empty object for all errors
 * @param as the variable that holds the error
 * @param when null when all are caught
 * @param exceptWhen null when all are caught
 * @param retry null when nothing is tried again
 * @param body null when there is nothing to do
 * @param then null when the next step follows
 */
public record Catch(
        JsonNode filter, String as, Formula when, Formula exceptWhen, RetryPolicy retry, TaskList body, String then) {}
