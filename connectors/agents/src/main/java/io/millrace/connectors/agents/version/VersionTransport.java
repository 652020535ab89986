package io.millrace.connectors.agents.version;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransport;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;

/**
 * Of agents whose version a flag says. The version is chosen when the call comes, so that nothing is left to be asked here but
 * where such an agent is named as the fallback of another.
 */
public final class VersionTransport implements AgentTransport {

    @Override
    public AnswerFuture call(AgentAttempt attempt) {
        return AnswerFuture.of(AgentAnswer.failed(
                AgentErrorCode.AGENT_FAILED,
                "which version of an agent is asked is chosen when a call comes: name a version as the fallback"));
    }

    @Override
    public void close() {
        // It has nothing.
    }
}
