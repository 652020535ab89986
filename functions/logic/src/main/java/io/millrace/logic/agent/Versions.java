package io.millrace.logic.agent;

import io.millrace.logic.agent.registry.AgentRegistry;
import io.millrace.schema.agent.AgentCall;

/** Makes a call one of the version that is to be asked, see {@link VersionChoice}. */
@FunctionalInterface
public interface Versions {
    /** Where there are no versions. */
    Versions NONE = (call, registry) -> call;

    AgentCall of(AgentCall call, AgentRegistry registry);
}
