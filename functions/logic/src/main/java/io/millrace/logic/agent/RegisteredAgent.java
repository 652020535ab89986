package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentDefinition;

/** A definition with its schemas compiled. */
record RegisteredAgent(AgentDefinition definition, SchemaCheck input, SchemaCheck output) {}
