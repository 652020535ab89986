/**
 * What is decided about calls of agents: {@link io.millrace.logic.agent.CallDecider} takes the state of a call's owner,
 * a call, an outcome or a moment that came, and gives the next state and commands; {@link
 * io.millrace.logic.agent.registry.AgentRegistry} knows the agents. Pure: no clock, no random, no I/O. What holds attempts back
 * on their way to the agent is the {@code gate} package's.
 */
package io.millrace.logic.agent;
