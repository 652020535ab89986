package io.millrace.connectors.agents.version;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransport;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.SettingsFields;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentVersions;
import io.millrace.schema.rollout.Names;
import io.millrace.schema.wire.RejectedEventException;

/**
 * Of agents whose version a flag says. The version is chosen when the call comes, so that nothing is left to be asked here but
 * where such an agent is named as the fallback of another.
 */
public final class VersionTransport implements AgentTransport {
    private static final int MAX_AGENT = 100;

    /** @throws RejectedEventException naming the field that is wrong */
    public static AgentVersions read(String settings) throws RejectedEventException {
        String[] found = new String[2];
        new SettingsFields()
                .with("flag", (field, json) -> found[0] = json.identifier(field, Names.MAX))
                .with("otherwise", (field, json) -> found[1] = json.identifier(field, MAX_AGENT))
                .read(settings);
        SettingsFields.require(found[0], "flag");
        return new AgentVersions(found[0], found[1]);
    }

    /** What a transport says of versions; null when it is that of an agent. */
    public static AgentVersions of(Transport transport) {
        if (!transport.kind().equals(AgentVersions.KIND)) {
            return null;
        }
        try {
            return read(transport.settings());
        } catch (RejectedEventException e) {
            throw new IllegalStateException("it was accepted when it was registered", e);
        }
    }

    @Override
    public AnswerFuture call(AgentAttempt attempt) {
        return AnswerFuture.of(AgentAnswer.failed(
                AgentErrorCode.AGENT_FAILED,
                "which version of an agent is asked is chosen when a call comes: name a version as the fallback"));
    }

    @Override
    public void close() {}
}
