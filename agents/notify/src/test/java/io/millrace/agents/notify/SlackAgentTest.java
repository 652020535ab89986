package io.millrace.agents.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.testing.http.PostReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackAgentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path secrets;

    @Test
    void aMessageIsPlainTextInThePersonsLanguage() throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = NotifyBed.here(secrets)) {
            String input = NotifyBed.notification(
                            "'language':'fr','time_zone':'Europe/Paris','address':'" + receiver.url() + "',")
                    .replace("Pay the rent", "<!channel> *all* & more");
            assertThat(bed.ask("notify-slack", "acme", input).status()).isEqualTo(Status.OK);

            JsonNode message = JSON.readTree(receiver.posts().get(0).body());
            assertThat(message.path("text").asText()).isEqualTo("Rappel\u00a0: &lt;!channel&gt; *all* &amp; more");
            JsonNode text = message.path("blocks").path(0).path("text");
            assertThat(text.path("type").asText()).isEqualTo("plain_text");
            assertThat(text.path("text").asText()).contains("échéance", "09:00");
        }
    }

    @Test
    void severalThingsAreOneMessage() throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = NotifyBed.here(secrets)) {
            String input = NotifyBed.notification("'address':'" + receiver.url() + "',")
                    .replace("'count':1", "'count':9")
                    .replace("]}", "," + NotifyBed.item("Call the plumber") + "]}");
            assertThat(bed.ask("notify-slack", "acme", input).status()).isEqualTo(Status.OK);

            JsonNode message = JSON.readTree(receiver.posts().get(0).body());
            assertThat(message.path("text").asText()).isEqualTo("9 notifications");
            assertThat(message.path("blocks").path(1).path("text").path("text").asText())
                    .contains("- Reminder: Pay the rent", "- Reminder: Call the plumber", "- and 7 more");
        }
    }

    @Test
    void theUrlMayBeASecret() throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = NotifyBed.here(secrets)) {
            Files.writeString(secrets.resolve("notify--acme--room"), receiver.url() + "/services/T/B/x");
            assertThat(bed.ask("notify-slack", "acme", NotifyBed.notification("'secret':'room',"))
                            .status())
                    .isEqualTo(Status.OK);
            assertThat(receiver.posts().get(0).path()).isEqualTo("/services/T/B/x");
            Files.writeString(secrets.resolve("notify--acme--none"), "no url");
            assertThat(bed.ask("notify-slack", "acme", NotifyBed.notification("'secret':'none',"))
                            .error()
                            .code())
                    .isEqualTo(AgentErrorCode.UNAUTHORIZED);
        }
    }
}
