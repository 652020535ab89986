package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.logic.flag.CompiledFlag;
import io.millrace.logic.flag.FlagContext;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentVersions;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Which version of an agent is asked, where a flag says that. */
public final class VersionChoice {
    private final Function<Transport, AgentVersions> versions;

    /** @param versions what a transport says of versions; null when it is that of an agent */
    public VersionChoice(Function<Transport, AgentVersions> versions) {
        this.versions = versions;
    }

    /**
     * The call as one of the agent's version, or as it is. All calls of a conversation or a run have one version as long as the
     * flag does not change, as do those of a call key.
     *
     * @param flags finds a flag by its key; null when there is none
     */
    public AgentCall of(AgentCall call, AgentRegistry registry, Function<String, CompiledFlag> flags, Instant now) {
        AgentDefinition agent = registry.definition(call.agent());
        AgentVersions choice = agent == null ? null : versions.apply(agent.transport());
        if (choice == null) {
            return call;
        }
        CompiledFlag flag = flags.apply(choice.flag());
        String named = flag == null ? null : flag.text(context(call), now);
        String chosen = named != null && isVersion(named, registry) ? named : choice.otherwise();
        return chosen == null ? call : call.of(chosen);
    }

    private static FlagContext context(AgentCall call) {
        String targetingKey = call.correlationId() == null ? call.callKey() : call.correlationId();
        return FlagContext.ofTexts(
                Map.of("targetingKey", targetingKey, "tenant", call.tenant(), "agent", call.agent()));
    }

    private boolean isVersion(String name, AgentRegistry registry) {
        AgentDefinition named = registry.definition(name);
        return named != null && versions.apply(named.transport()) == null;
    }
}
