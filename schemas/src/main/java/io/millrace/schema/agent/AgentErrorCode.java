package io.millrace.schema.agent;

/**
 * Why a call, or an attempt of it, has no answer: {@code error.code} of results and outcomes. docs/agents.md explains
 * each. Order is part of the binary encoding: append only.
 */
public enum AgentErrorCode {
    UNKNOWN_AGENT,
    APPROVAL_REQUIRED,
    INPUT_INVALID,
    OUTPUT_INVALID,
    OUTPUT_TOO_LARGE,
    DEADLINE_PASSED,
    ATTEMPT_TIMED_OUT,
    BUDGET_EXHAUSTED,
    OVERLOADED,
    CIRCUIT_OPEN,
    RATE_LIMITED,
    UNREACHABLE,
    UNAUTHORIZED,
    CONTENT_FILTERED,
    AGENT_REJECTED,
    AGENT_FAILED,
    HOST_NOT_ALLOWED,
    RECEIVER_FAILED,
    STOPPED;

    private static final AgentErrorCode[] VALUES = values();

    private final String wireName = Values.lower(this);

    /** As it stands in events and in metrics: {@code unknown_agent}. */
    public String wireName() {
        return wireName;
    }

    static AgentErrorCode ofOrdinal(int ordinal) {
        return VALUES[ordinal];
    }
}
