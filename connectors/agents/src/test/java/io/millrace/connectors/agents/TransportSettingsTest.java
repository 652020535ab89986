package io.millrace.connectors.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.agents.TransportSettings.InProcess;
import io.millrace.connectors.agents.TransportSettings.Kafka;
import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;
import io.millrace.connectors.agents.TransportSettings.Nats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a.openai.azure.com/", "http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:1/v1"
            })
    void credentialsGoOverTlsOrStayOnTheMachine(String endpoint) {
        assertThat(llm(endpoint).endpoint()).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.openai.azure.com/",
                "http://localhost.example/",
                "ftp://localhost",
                "https://me:secret@a.example",
                "https://a.example/?key=secret",
                "https://",
                "no url: secret"
            })
    void elsewhereTheyWouldBeOverheard(String endpoint) {
        assertThatThrownBy(() -> llm(endpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be an https URL")
                .hasMessageNotContaining("secret");
    }

    private static Llm llm(String endpoint) {
        return new Llm(endpoint, LlmApi.AZURE, null, LlmCredential.NONE, null, null);
    }

    @Test
    void whatContradictsItselfIsRefused() {
        String endpoint = "https://a.example";
        assertThatThrownBy(() -> new Llm(endpoint, LlmApi.AZURE, null, LlmCredential.KEY, null, null))
                .hasMessageContaining("name of a secret");
        assertThatThrownBy(() -> new Llm(endpoint, LlmApi.OPENAI, null, LlmCredential.MANAGED_IDENTITY, null, null))
                .hasMessageContaining("Azure OpenAI only");
        assertThatThrownBy(() -> new Nats(List.of("nats://me:secret@a:4222"), null, null))
                .hasMessageContaining("user information")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new InProcess(0, 1)).hasMessageContaining("thread");
    }

    @Test
    void aSecretThatIsMissingIsNoticedAtTheStart() {
        TransportSettings settings = TransportSettings.DEFAULTS.with(
                new Llm("https://a.example", LlmApi.AZURE, "gpt", LlmCredential.KEY, "no-such-key", null));

        assertThatThrownBy(() -> AgentTransports.open(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-key");
    }

    @Test
    void theyTravelToTheTasks() throws IOException, ClassNotFoundException {
        TransportSettings settings = TransportSettings.DEFAULTS
                .secretsIn("/run/secrets")
                .with(llm("https://a.example"))
                .with(new Nats(List.of("nats://a:4222", "nats://b:4222"), null, "token"))
                .with(new Kafka(Map.of("bootstrap.servers", "a:9092"), "replies", List.of("requests-")))
                .with(new InProcess(2, 20));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(settings);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(settings);
        }
    }

    @Test
    void theyDoNotShowCredentials() {
        Kafka kafka = new Kafka(Map.of("sasl.jaas.config", "password='s3cret'"), "replies", List.of("requests-"));

        assertThat(TransportSettings.DEFAULTS.with(kafka).toString())
                .contains("requests-")
                .doesNotContain("s3cret");
    }
}
