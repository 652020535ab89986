/**
 * How agents are reached: one transport per kind, each asynchronous, each turning whatever comes of a call into an
 * {@link io.millrace.connectors.agents.AgentAnswer}. Here is what the transports share; each is in a package beside.
 * Retries, budgets, caches and the bounding of a call in time are not here.
 */
package io.millrace.connectors.agents;
