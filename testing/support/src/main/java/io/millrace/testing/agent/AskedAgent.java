package io.millrace.testing.agent;

import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.Usage;

/** What the job asks an agent: a first attempt that has all the time it wants. */
public final class AskedAgent {
    private static final int TIMEOUT_MS = 600_000;

    private AskedAgent() {}

    /** @param settings the object {@code transport} of the definition, as JSON */
    public static AgentAttempt inProcess(String tenant, String agent, String settings, String input) {
        return new AgentAttempt(
                "key#1",
                "key",
                "owner",
                tenant,
                agent,
                "1",
                1,
                input,
                null,
                new Transport("in-process", settings),
                null,
                TIMEOUT_MS,
                System.currentTimeMillis() + TIMEOUT_MS,
                Usage.NONE,
                0,
                Rate.UNLIMITED,
                Budget.UNLIMITED,
                System.currentTimeMillis(),
                null,
                null);
    }
}
