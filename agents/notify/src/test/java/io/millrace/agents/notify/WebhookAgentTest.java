package io.millrace.agents.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.testing.http.PostReceiver;
import io.millrace.testing.http.PostReceiver.Answer;
import io.millrace.testing.http.PostReceiver.Post;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookAgentTest {
    private static final String WEBHOOK = "notify-webhook";

    @TempDir
    Path secrets;

    private static String to(String url, String more) {
        return NotifyBed.notification(more + "'address':'" + url + "',");
    }

    @Test
    void aNotificationIsPostedAndSigned() throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = NotifyBed.here(secrets)) {
            AgentAnswer answer = bed.ask(WEBHOOK, "acme", to(receiver.url() + "/ann?x=1", "'secret':'hooks',"));

            assertThat(answer.status()).as(() -> String.valueOf(answer.error())).isEqualTo(Status.OK);
            Post post = receiver.posts().get(0);
            assertThat(post.path()).isEqualTo("/ann?x=1");
            assertThat(post.header("Millrace-event-id")).isEqualTo(NotifyBed.ID);
            String timestamp = post.header("Millrace-timestamp");
            assertThat(post.header("Millrace-signature")).isEqualTo("v1=" + hmac(timestamp + "." + post.text()));
            JsonNode body = new ObjectMapper().readTree(post.body());
            assertThat(body.path("user_id").asText()).isEqualTo("ann");
            assertThat(body.path("tenant").asText()).isEqualTo("acme");
            assertThat(body.path("items")
                            .path(0)
                            .path("details")
                            .path("task_id")
                            .asText())
                    .isEqualTo("t-42");
            assertThat(body.has("address")).isFalse();
        }
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(NotifyBed.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK,",
        "204, OK,",
        "301, FAILED, AGENT_REJECTED",
        "400, FAILED, AGENT_REJECTED",
        "403, FAILED, AGENT_REJECTED",
        "410, REFUSED, AGENT_REJECTED",
        "429, RETRYABLE, RECEIVER_FAILED",
        "500, RETRYABLE, RECEIVER_FAILED",
        "501, FAILED, AGENT_REJECTED",
        "503, RETRYABLE, RECEIVER_FAILED",
    })
    void whatTheReceiverAnswersSaysWhetherItIsSentAgain(int status, Status expected, AgentErrorCode code)
            throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                PostReceiver other = new PostReceiver();
                NotifyBed bed = NotifyBed.here(secrets)) {
            receiver.answer(post -> Answer.of(status, "Location", other.url()));
            AgentAnswer answer = bed.ask(WEBHOOK, "acme", to(receiver.url(), ""));

            assertThat(answer.status()).isEqualTo(expected);
            assertThat(answer.error() == null ? null : answer.error().code()).isEqualTo(code);
            assertThat(other.posts()).as("redirects are not followed").isEmpty();
        }
    }

    @Test
    void aReceiverIsLeftAloneForAsLongAsItSays() throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = NotifyBed.here(secrets)) {
            receiver.answer(post -> Answer.of(503, "Retry-After", "7"));

            assertThat(bed.ask(WEBHOOK, "acme", to(receiver.url(), "")).retryAfterMs())
                    .isEqualTo(7_000);
        }
    }

    @Test
    void ofAnAnswerNothingButTheStatusCounts() throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = NotifyBed.here(secrets)) {
            receiver.answer(post -> new Answer(200, Map.of(), "x".repeat(1_000_000)));
            assertThat(bed.ask(WEBHOOK, "acme", to(receiver.url(), "")).status())
                    .isEqualTo(Status.OK);
            receiver.answer(post -> new Answer(200, Map.of("Content-Encoding", "gzip"), "no gzip"));
            assertThat(bed.ask(WEBHOOK, "acme", to(receiver.url(), "")).status())
                    .isEqualTo(Status.OK);
        }
    }

    @Test
    void whoeverIsNotThereIsTriedAgain() throws Exception {
        String url;
        try (PostReceiver receiver = new PostReceiver()) {
            url = receiver.url();
        }
        try (NotifyBed bed = NotifyBed.here(secrets)) {
            AgentAnswer answer = bed.ask(WEBHOOK, "acme", to(url, ""));

            assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.RECEIVER_FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://169.254.169.254/latest",
                "https://hooks.example.com/",
                "http://localhost.example.com/",
                "http://[::1]:9/"
            })
    void postsGoOnlyWhereTheOperatorAllows(String url) throws Exception {
        try (NotifyBed bed = NotifyBed.here(secrets)) {
            AgentAnswer answer = bed.ask(WEBHOOK, "acme", to(url, ""));

            assertThat(answer.status()).isEqualTo(Status.FAILED);
            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.HOST_NOT_ALLOWED);
            assertThat(answer.error().message()).contains("notify.allowed-hosts");
        }
    }

    @Test
    void anAllowedHostMustNotLeadIntoClosedNetworks() throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = new NotifyBed(secrets, List.of(), Map.of(NotifySettings.ALLOWED_HOSTS, "localhost"))) {
            AgentAnswer answer = bed.ask(WEBHOOK, "acme", to(receiver.url(), ""));

            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.HOST_NOT_ALLOWED);
            assertThat(receiver.posts()).isEmpty();
        }
    }

    @Test
    void withoutAnySettingNothingIsPosted() throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = new NotifyBed(secrets, List.of("127.0.0.0/8", "::1"), Map.of())) {
            assertThat(bed.ask(WEBHOOK, "acme", to(receiver.url(), "")).error().code())
                    .isEqualTo(AgentErrorCode.HOST_NOT_ALLOWED);
        }
    }

    @ParameterizedTest
    @CsvSource({"zeta, hooks", "acme, llm", "acme, other", "acme--hooks, x"})
    void nobodySignsWithTheSecretOfAnotherTenantOrOfTheOperator(String tenant, String secret) throws Exception {
        try (PostReceiver receiver = new PostReceiver();
                NotifyBed bed = NotifyBed.here(secrets)) {
            AgentAnswer answer = bed.ask(WEBHOOK, tenant, to(receiver.url(), "'secret':'" + secret + "',"));

            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNAUTHORIZED);
            assertThat(receiver.posts()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}' | items: must have 1 to 100 elements",
                "'{\"address\":\"https://example.com\",\"items\":[{}]}' | items[0].about: missing",
                "'{\"address\":\"ftp://x\",\"items\":[{\"about\":\"a\",\"title\":\"t\"}]}' | notification_id: missing",
                "'[]' | input: must be an object",
            })
    void aWrongInputIsRejectedByName(String input, String message) throws Exception {
        try (NotifyBed bed = NotifyBed.here(secrets)) {
            AgentAnswer answer = bed.ask(WEBHOOK, "acme", input);

            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
            assertThat(answer.error().message()).isEqualTo(message);
        }
    }
}
