package io.millrace.connectors.agents.java;

import java.util.concurrent.CompletableFuture;

/** {@code echo}: answers with its input. */
public final class EchoAgent implements Agent {
    @Override
    public String name() {
        return "echo";
    }

    @Override
    public CompletableFuture<String> call(AgentRequest request) {
        return CompletableFuture.completedFuture(request.input());
    }
}
