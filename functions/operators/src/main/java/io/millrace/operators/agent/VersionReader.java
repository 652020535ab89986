package io.millrace.operators.agent;

import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentVersions;
import java.io.Serializable;
import java.util.function.Function;

/** Reads what a transport that was accepted says of versions; null when it is that of an agent. */
@FunctionalInterface
public interface VersionReader extends Function<Transport, AgentVersions>, Serializable {}
