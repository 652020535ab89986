package io.millrace.connectors.agents;

import io.millrace.schema.agent.AgentErrorCode;

/** What the status codes of HTTP (RFC 9110 §15) mean for an attempt; services of NATS and LLMs use the same. */
public final class StatusAnswers {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int INTERNAL_SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;

    /**
     * Of LLM services, that are too busy. 520 to 524 are of a content network that did not reach the agent, or got no
     * answer.
     */
    private static final int OVERLOADED = 529;

    private StatusAnswers() {}

    /**
     * The answer that a status other than 2xx is.
     *
     * @param retryAfterMs how long the agent asks to be left alone; 0 when it does not say
     */
    public static AgentAnswer of(int status, long retryAfterMs, String message) {
        return switch (status) {
            case TOO_MANY_REQUESTS ->
                AgentAnswer.retryable(AgentErrorCode.RATE_LIMITED, message).retryAfter(retryAfterMs);
            case REQUEST_TIMEOUT,
                    TOO_EARLY,
                    INTERNAL_SERVER_ERROR,
                    BAD_GATEWAY,
                    SERVICE_UNAVAILABLE,
                    GATEWAY_TIMEOUT,
                    520,
                    521,
                    522,
                    523,
                    524,
                    OVERLOADED ->
                AgentAnswer.retryable(AgentErrorCode.AGENT_FAILED, message).retryAfter(retryAfterMs);
            case UNAUTHORIZED, FORBIDDEN -> AgentAnswer.failed(AgentErrorCode.UNAUTHORIZED, message);
            default ->
                AgentAnswer.failed(
                        status >= INTERNAL_SERVER_ERROR ? AgentErrorCode.AGENT_FAILED : AgentErrorCode.AGENT_REJECTED,
                        message);
        };
    }
}
