package io.millrace.jobs.agents;

import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentRequest;
import io.millrace.schema.agent.Usage;
import java.util.concurrent.CompletableFuture;

/** {@code waiting}: uses as many tokens as its input says, and never answers. */
public final class WaitingAgent implements Agent {
    @Override
    public String name() {
        return "waiting";
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) {
        request.used(new Usage(Long.parseLong(request.input()), 0));
        return new CompletableFuture<>();
    }
}
