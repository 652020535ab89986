package io.millrace.schema.agent;

/** What an agent does, for those who choose and audit agents; it decides nothing. */
public enum AgentType {
    ANALYSIS,
    MODIFICATION,
    GENERATION,
    NOTIFICATION,
    OTHER
}
