package io.millrace.connectors.agents.java;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.Usage;
import java.io.Serial;
import java.time.Duration;

/**
 * How an agent in this process says that, and how, it failed. The message reaches the caller: no payloads, no secrets.
 */
public final class AgentFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient AgentAnswer answer;

    private AgentFailure(AgentAnswer answer) {
        super(answer.error().message());
        this.answer = answer;
    }

    /** The attempt may succeed when it is made again. */
    public static AgentFailure retryable(AgentErrorCode code, String message) {
        return new AgentFailure(AgentAnswer.retryable(code, message));
    }

    /** The attempt would fail again. */
    public static AgentFailure failed(AgentErrorCode code, String message) {
        return new AgentFailure(AgentAnswer.failed(code, message));
    }

    /** The agent will not do it. */
    public static AgentFailure refused(AgentErrorCode code, String message) {
        return new AgentFailure(AgentAnswer.refused(code, message));
    }

    /** As another agent, which was asked, failed. */
    static AgentFailure as(AgentAnswer other) {
        return new AgentFailure(other);
    }

    /** Before that the agent wants to be left alone. */
    public AgentFailure retryAfter(Duration wait) {
        return new AgentFailure(answer.retryAfter(wait.toMillis()));
    }

    /** What it has used nevertheless, besides what other agents used for it. */
    public AgentFailure used(Usage usage) {
        return new AgentFailure(answer.with(usage));
    }

    AgentAnswer answer() {
        return answer;
    }
}
