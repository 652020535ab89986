/**
 * The agents job: calls of agents and LLMs, with cache, retries, fallbacks and budgets. What is decided is in {@code
 * io.millrace.logic.agent}, what is remembered in {@code io.millrace.operators.agent}, how agents are reached in {@code
 * io.millrace.connectors.agents}; here they become a graph and its settings.
 */
package io.millrace.jobs.agents;
