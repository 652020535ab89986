package io.millrace.gateway.hooks;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayBed;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation, delivered as their senders would. */
class ExampleHooksTest {
    private static final String TOKEN = GatewayBed.TOKEN;

    @TempDir
    Path directory;

    private static Path examples() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs/examples/hooks"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/examples/hooks");
    }

    /** Sends the example's body, and returns what was written. */
    private List<JsonNode> deliver(String name, Headers headers) throws Exception {
        return deliver(name, Files.readString(examples().resolve(name + ".body.json")), headers);
    }

    private List<JsonNode> deliver(String name, String body, Headers headers) throws Exception {
        String file = Files.readString(examples().resolve(name + ".yaml"));
        Files.writeString(directory.resolve("hooks.yaml"), file.replaceAll("env: [A-Z_]+", "env: TOKEN"));
        try (GatewayBed gateway = GatewayBed.of(directory.resolve("."))) {
            HttpResponse<String> reply = gateway.send(null, "POST", "/hooks/" + name, body, headers.of(body));
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
            return gateway.written().stream()
                    .map(record -> json(record.value()))
                    .toList();
        }
    }

    /** What a sender sends along with a body. */
    private interface Headers {
        String[] of(String body);
    }

    private static Headers gitHub(String event) {
        return body -> new String[] {
            "X-GitHub-Event",
            event,
            "X-GitHub-Delivery",
            "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            "X-Hub-Signature-256",
            "sha256=" + Signing.hex("HmacSHA256", TOKEN, body)
        };
    }

    @Test
    void anIssueOfGitHubIsATask() throws Exception {
        JsonNode task = deliver("github", gitHub("issues")).get(0);
        assertThat(task.path("event_type").asText()).isEqualTo("task.created");
        assertThat(task.path("user_id").asText()).isEqualTo("ann");
        assertThat(task.path("task_id").asText()).isEqualTo("github-4711-17");
        assertThat(task.path("title").asText()).isEqualTo("billing#17: Totals are rounded twice");
        assertThat(task.path("tags")).hasSize(2);
        assertThat(task.path("occurred_at").asText()).isEqualTo("2026-12-01T08:00:00Z");
    }

    @Test
    void anIssueThatIsClosedAndAReleaseAreTold() throws Exception {
        String issue = Files.readString(examples().resolve("github.body.json"))
                .replace("\"assigned\"", "\"closed\"")
                .replace("\"closed_at\": null", "\"closed_at\": \"2026-12-02T08:00:00Z\"");
        assertThat(deliver("github", issue, gitHub("issues"))
                        .get(0)
                        .path("event_type")
                        .asText())
                .isEqualTo("task.completed");
        String release =
                "{\"action\":\"published\",\"release\":{\"tag_name\":\"v1/2\"},\"repository\":{\"name\":\"billing\"}}";
        JsonNode start = deliver("github", release, gitHub("release")).get(0);
        assertThat(start.path("run_id").asText()).isEqualTo("release-billing-v1-2");
        assertThat(start.at("/input/service").asText()).isEqualTo("billing");
    }

    private static Headers shopify(String topic) {
        return body -> new String[] {
            "X-Shopify-Topic",
            topic,
            "X-Shopify-Event-Id",
            "98880550-7158-44d4-b7cd-2c97c8a091b5",
            "X-Shopify-Hmac-Sha256",
            Signing.base64("HmacSHA256", TOKEN, body)
        };
    }

    @Test
    void anOrderOfShopifyStartsARun() throws Exception {
        JsonNode start = deliver("shopify", shopify("orders/paid")).get(0);
        assertThat(start.path("run_id").asText()).isEqualTo("order-820982911946154500");
        assertThat(start.at("/input/amount").asInt()).isEqualTo(403);
        assertThat(start.at("/input/items")).hasSize(2);
        assertThat(start.at("/attributes/customer").asText()).isEqualTo("115310627314723950");

        String cancelled = Files.readString(examples().resolve("shopify.body.json"))
                .replace("\"cancelled_at\": null", "\"cancelled_at\": \"2026-12-01T09:40:00+01:00\"")
                .replace("\"cancel_reason\": null", "\"cancel_reason\": \"customer\"");
        assertThat(deliver("shopify", cancelled, shopify("orders/cancelled"))
                        .get(0)
                        .at("/data/reason")
                        .asText())
                .isEqualTo("customer");
    }

    @Test
    void aCommentOfZendeskIsAMessage() throws Exception {
        String now = Instant.now().toString();
        JsonNode message = deliver("zendesk", body -> new String[] {
                    "X-Zendesk-Webhook-Invocation-Id",
                    "01J0",
                    "X-Zendesk-Webhook-Signature-Timestamp",
                    now,
                    "X-Zendesk-Webhook-Signature",
                    Signing.base64("HmacSHA256", TOKEN, now + body)
                })
                .get(0);
        assertThat(message.path("event_type").asText()).isEqualTo("message.received");
        assertThat(message.path("conversation_id").asText()).isEqualTo("zendesk-5158");
        assertThat(message.path("text").asText()).isEqualTo("Where is my order 1042?");
    }

    private static String[] stripe(String body) {
        long now = Instant.now().getEpochSecond();
        return new String[] {
            "Stripe-Signature", "t=" + now + ",v1=" + Signing.hex("HmacSHA256", TOKEN, now + "." + body)
        };
    }

    @Test
    void aPaymentOfStripeIsTold() throws Exception {
        JsonNode signal = deliver("stripe", ExampleHooksTest::stripe).get(0);
        assertThat(signal.path("run_id").asText()).isEqualTo("order-1042");
        assertThat(signal.at("/data/amount").asInt()).isEqualTo(2000);
        assertThat(signal.path("occurred_at").asText()).isEqualTo("2026-12-01T08:00:00Z");

        String dispute =
                "{\"id\":\"evt_2\",\"type\":\"charge.dispute.created\",\"created\":1796112000,\"data\":{\"object\":"
                        + "{\"id\":\"dp_1\",\"charge\":\"ch_1\",\"evidence_details\":{\"due_by\":1796716800}}}}";
        assertThat(deliver("stripe", dispute, ExampleHooksTest::stripe)
                        .get(0)
                        .path("due_at")
                        .asText())
                .isEqualTo("2026-12-08T08:00:00Z");
    }

    @Test
    void eachAlertIsAnEventAndTheSameWhenItIsToldAgain() throws Exception {
        Headers token = body -> new String[] {"Authorization", "Bearer " + TOKEN};
        List<JsonNode> events = deliver("alertmanager", token);
        assertThat(events)
                .extracting(event -> event.path("event_type").asText())
                .containsExactly("task.created", "task.completed");
        assertThat(events.get(0).path("priority").asText()).isEqualTo("P1");
        assertThat(events.get(0).path("task_id").asText()).isEqualTo("alert-7f0c3b2a9d1e4c55-20261201080000000");

        String again =
                Files.readString(examples().resolve("alertmanager.body.json")).replace("12 minutes", "20 minutes");
        assertThat(deliver("alertmanager", again, token).get(0).path("event_id"))
                .isEqualTo(events.get(0).path("event_id"));
    }

    @Test
    void everyExampleIsDelivered() throws Exception {
        try (var files = Files.list(examples())) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrder(
                            "github.yaml", "shopify.yaml", "zendesk.yaml", "stripe.yaml", "alertmanager.yaml");
        }
    }
}
