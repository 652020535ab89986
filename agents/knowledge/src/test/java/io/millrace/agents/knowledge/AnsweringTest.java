package io.millrace.agents.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.java.Agent;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.connectors.agents.java.AgentInput;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsweringTest {
    private static final ResponseAgent RESPONSE = new ResponseAgent();
    private static final String TEXT =
            "We are in Gaspé. You may return things within 30 days. The shop has a red door.";

    @AfterAll
    static void close() {
        RESPONSE.close();
    }

    private static Hit hit(String language, double score) {
        return new Hit("returns", "Returns", "", TEXT, language, score, "https://shop.example.com/returns");
    }

    @Test
    void anAnswerIsMadeOfTheSentencesThatAnswerAndSaysWhereTheyAreFrom() throws Exception {
        ResponseAgent.Answer answer = RESPONSE.answer(
                "Within how many days may I return this?", "en", "return_refund", List.of(hit("en", 0.6)));

        assertThat(answer.text())
                .contains("You may return things within 30 days.")
                .doesNotContain("red door");
        JsonNode json = AgentInput.JSON.readTree(answer.json());
        assertThat(json.at("/citations/0/document_id").asText()).isEqualTo("returns");
        assertThat(json.path("extractive").asBoolean()).isTrue();
        String rest = answer.text();
        for (JsonNode ours : json.path("frame")) {
            rest = rest.replace(ours.asText(), "");
        }
        assertThat(rest.strip()).isSubstringOf(TEXT);
        assertThat(json.path("confidence").asDouble()).isGreaterThan(0.5);
    }

    @Test
    void aDocumentInAnotherLanguageIsNamedAndNotTranslated() {
        ResponseAgent.Answer answer =
                RESPONSE.answer("¿Puedo devolverlo?", "es", "return_refund", List.of(hit("fr-CA", 0.9)));

        assertThat(answer.text()).contains("francés", "Returns").doesNotContain("30 days");
        assertThat(answer.confidence()).isEqualTo(ResponseAgent.LOW);
    }

    @Test
    void withoutADocumentItSaysSoAndIsSureOfNothing() {
        ResponseAgent.Answer answer = RESPONSE.answer("Puis-je le rendre ?", "fr-CA", "other", List.of());

        assertThat(answer.text()).contains("nous n’avons pas trouvé");
        assertThat(answer.confidence()).isZero();
        assertThat(answer.cited()).isEmpty();
    }

    @Test
    void aBetterHitIsTrustedMore() {
        assertThat(Scores.confidence(0.7)).isGreaterThan(Scores.confidence(0.5));
        assertThat(Scores.confidence(1)).isLessThanOrEqualTo(1);
    }

    @Test
    void theSummaryIsWhatTheCustomerSaid() {
        List<Said> history = List.of(
                new Said("customer", "My parcel is late."),
                new Said("assistant", "It is on its way."),
                new Said("customer", "That was a week ago!"));

        assertThat(EscalationAgent.summary("Let me talk to somebody.", history, Frames.of("en")))
                .isEqualTo(
                        "It began with: “My parcel is late.”\nAnswers so far: 1\nOpen now: “Let me talk to somebody.”");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            low_confidence | My lamp caught fire             | P1
            low_confidence | J'ai fait une réaction allergique ! | P1
            low_confidence | Voy a hablar con mi ABOGADO     | P1
            customer_asked | Hello                           | P2
            low_confidence | ¡Es inaceptable!                | P2
            low_confidence | The lawyers' club buys here     | P3
            out_of_scope   | What is the capital of Peru?    | P4
            """)
    void howSoonAPersonIsToAnswerFollowsFromReasonAndWords(String reason, String text, String priority) {
        assertThat(Urgency.of(reason, text, List.of())).isEqualTo(priority);
    }

    @Test
    void aHitWithoutATextIsNamed() {
        assertThatThrownBy(() -> Hit.read(AgentInput.of("{\"hits\":[{\"document_id\":\"a\"}]}")))
                .isInstanceOf(AgentFailure.class)
                .hasMessage("hits[0].text: missing");
    }

    @Test
    void theAgentsAreFoundByTheJob() {
        assertThat(ServiceLoader.load(Agent.class).stream().map(ServiceLoader.Provider::type))
                .contains(KnowledgeAgent.class, ResponseAgent.class, EscalationAgent.class);
        try (AgentTransports transports = AgentTransports.open(TransportSettings.DEFAULTS)) {
            assertThat(transports.reaches("in-process")).isTrue();
        }
    }
}
