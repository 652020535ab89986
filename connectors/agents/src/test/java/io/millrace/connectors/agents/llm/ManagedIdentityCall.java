package io.millrace.connectors.agents.llm;

import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;

/** Two calls of a model by the identity that the environment of this process gives it; prints the answers. */
final class ManagedIdentityCall {
    private ManagedIdentityCall() {}

    public static void main(String[] arguments) {
        Llm service = new Llm(arguments[0], LlmApi.AZURE, "gpt", LlmCredential.MANAGED_IDENTITY, null, null);
        try (AgentTransports transports = AgentTransports.open(TransportSettings.DEFAULTS.with(service))) {
            for (int i = 0; i < 2; i++) {
                System.out.println(Attempts.answer(transports, Attempts.of("{'kind':'llm'}", "\"hello\"")));
            }
        }
    }
}
