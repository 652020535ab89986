package io.millrace.connectors.agents.java;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** An agent's answer made from that of another one, which it asked. */
final class Delegation {

    /** Makes the one output from the other. */
    @FunctionalInterface
    interface Mapping {
        String apply(String output) throws AgentFailure;
    }

    private Delegation() {}

    /** The failure of the agent that was asked is that of the one that asked; cancelling the one cancels the other. */
    static CompletableFuture<String> map(CompletableFuture<AgentAnswer> asked, Mapping mapping) {
        CompletableFuture<String> answer = asked.thenApply(other -> {
            try {
                if (other.status() != Status.OK) {
                    // What it used is counted already.
                    throw AgentFailure.as(other.with(Usage.NONE));
                }
                return mapping.apply(other.output());
            } catch (AgentFailure e) {
                throw new CompletionException(e);
            }
        });
        answer.whenComplete((output, failure) -> asked.cancel(true));
        return answer;
    }
}
