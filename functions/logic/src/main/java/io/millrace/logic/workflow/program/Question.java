package io.millrace.logic.workflow.program;

import java.util.List;

/**
 * What people are asked.
 *
 * @param message of one text when it is filled
 * @param choices at least two; the first one is the one that needs the quorum
 * @param approvers a list of names when it is filled; empty when anybody may decide
 * @param quorum how many have to agree to the first choice; each of the others is taken by one
 * @param expiresAfter null for the longest time that is allowed
 * @param onExpiry the choice that is taken then; null when the step fails
 * @param escalateAfter when others may decide as well; null when nobody
 * @param escalateTo a list of names when it is filled; null when nobody
 */
public record Question(
        Template message,
        List<String> choices,
        Template approvers,
        int quorum,
        Period expiresAfter,
        String onExpiry,
        Period escalateAfter,
        Template escalateTo) {}
