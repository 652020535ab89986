package io.millrace.agents.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.Usage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Both agents as the job calls them. */
class LanguageCallsTest {
    private static final AgentTransports TRANSPORTS = AgentTransports.open(TransportSettings.DEFAULTS);

    @AfterAll
    static void close() {
        TRANSPORTS.close();
    }

    private static AgentAnswer call(String agent, String input) throws Exception {
        AgentAttempt attempt = new AgentAttempt(
                "key#1",
                "key",
                "owner",
                "default",
                agent,
                "1",
                1,
                input,
                null,
                new Transport("in-process", "{\"kind\":\"in-process\"}"),
                null,
                120_000,
                System.currentTimeMillis() + 120_000,
                Usage.NONE,
                0,
                Rate.UNLIMITED,
                Budget.UNLIMITED,
                System.currentTimeMillis(),
                null,
                null);
        return TRANSPORTS.call(attempt).get(120, TimeUnit.SECONDS);
    }

    @Test
    void theLanguageOfAnAmbiguousTextIsThatOfTheConversation() throws Exception {
        assertThat(call(
                                "language",
                                "{\"text\":\"👍\",\"previous\":null,\"history\":[{\"from\":\"customer\",\"text\":\"merci beaucoup pour votre aide\"}]}")
                        .output())
                .isEqualTo("{\"language\":\"fr-CA\",\"confidence\":0.5}");
    }

    @Test
    void theIntentComesWithTwoAlternatives() throws Exception {
        assertThat(call("intent", "{\"text\":\"quiero hablar con una persona\"}")
                        .output())
                .startsWith("{\"intent\":\"wants_person\",\"confidence\":1.0,\"wants_person\":true,\"alternatives\":[{")
                .containsPattern("(\"intent\".*){3}");
    }

    @Test
    void aWrongInputIsRejectedByName() throws Exception {
        AgentAnswer answer = call("intent", "{\"text\":\"" + "a".repeat(100_001) + "\"}");

        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
        assertThat(answer.error().message()).isEqualTo("text: must have at most 100000 characters");
    }
}
