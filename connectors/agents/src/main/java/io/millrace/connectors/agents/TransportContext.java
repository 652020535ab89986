package io.millrace.connectors.agents;

/**
 * What a transport is made of.
 *
 * @param transports all of them, for an agent that asks others; not to be called before they are open
 */
public record TransportContext(TransportSettings settings, Secrets secrets, AgentTransports transports) {}
