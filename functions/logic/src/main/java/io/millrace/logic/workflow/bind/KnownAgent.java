package io.millrace.logic.workflow.bind;

import io.millrace.schema.agent.Risk;

/**
 * What of an agent a start has to know.
 *
 * @param digest of its definition
 */
public record KnownAgent(Risk risk, String digest) {}
