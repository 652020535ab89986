package io.millrace.agents.knowledge;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.Usage;

/** What the job asks an agent. */
final class Calls {
    private Calls() {}

    static AgentAttempt attempt(String tenant, Transport transport, String input) {
        return new AgentAttempt(
                "key#1",
                "key",
                "owner",
                tenant,
                "knowledge",
                "1",
                1,
                input,
                null,
                transport,
                null,
                30_000,
                System.currentTimeMillis() + 3_600_000,
                Usage.NONE,
                0,
                Rate.UNLIMITED,
                Budget.UNLIMITED,
                System.currentTimeMillis(),
                null,
                null);
    }
}
