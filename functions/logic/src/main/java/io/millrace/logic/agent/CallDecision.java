package io.millrace.logic.agent;

import java.util.List;

/**
 * The result of a decision.
 *
 * @param state the state from now on; null when there is nothing left to remember. The very instance that was passed in
 *     when nothing changed
 * @param commands in the order in which they are to be carried out
 */
public record CallDecision(CallState state, CallEffect effect, List<CallCommand> commands) {}
