package io.millrace.agents.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.testing.agent.AskedAgent;
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
        return TRANSPORTS
                .call(AskedAgent.inProcess("default", agent, "{\"kind\":\"in-process\"}", input))
                .get(600, TimeUnit.SECONDS);
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
