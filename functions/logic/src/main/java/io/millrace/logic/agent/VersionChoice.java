package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.logic.agent.registry.RegisteredAgent;
import io.millrace.logic.flag.CompiledFlag;
import io.millrace.logic.flag.FlagContext;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentVersions;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Which version of an agent is asked, where a flag says that. */
public final class VersionChoice {
    private VersionChoice() {}

    /**
     * The call as one of the agent's version, or as it is. All calls of a conversation or a run have one version as long as the
     * flag does not change, as do those of a call key.
     *
     * @param flags finds a flag by its key; null when there is none
     */
    public static AgentCall of(
            AgentCall call, AgentRegistry registry, Function<String, CompiledFlag> flags, Instant now) {
        RegisteredAgent agent = registry.find(call.agent());
        AgentVersions versions = agent == null ? null : agent.versions();
        if (versions == null) {
            return call;
        }
        CompiledFlag flag = flags.apply(versions.flag());
        String named = flag == null ? null : flag.text(context(call), now);
        String chosen = named != null && isVersion(registry.find(named)) ? named : versions.otherwise();
        return chosen == null ? call : call.of(chosen);
    }

    private static FlagContext context(AgentCall call) {
        String targetingKey = call.correlationId() == null ? call.callKey() : call.correlationId();
        return FlagContext.ofTexts(
                Map.of("targetingKey", targetingKey, "tenant", call.tenant(), "agent", call.agent()));
    }

    private static boolean isVersion(RegisteredAgent named) {
        return named != null && named.versions() == null;
    }
}
