package io.millrace.gateway.api;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.access.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Senders over the network. */
class HookApiTest {
    private static final String BODY = "{\"id\":\"d-1\",\"title\":\"Pay the rent\",\"kind\":\"task\"}";

    @TempDir
    Path directory;

    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(
                directory.resolve("hooks.yaml"),
                "sources:\n  - name: shop\n    tenant: acme\n    signature: {kind: bearer, secrets: [{env: TOKEN}]}\n"
                        + "    delivery: .id\n    events:\n"
                        + "      - {when: '.kind == \"task\"', type: task.created, fields: {user_id: ann, title: '${ .title }',"
                        + " priority: '${ .priority }'}}\n"
                        + "      - {when: '.kind == \"run\"', type: workflow.start, fields: {workflow: invoice,"
                        + " input: '${ . }'}}\n"
                        + "      - {when: '.kind == \"cancel\"', type: workflow.control, fields: {run_id: r, action: cancel,"
                        + " by: somebody}}\n"
                        + "      - {when: '.kind == \"child\"', type: workflow.start, fields: {workflow: invoice, parent:"
                        + " {run_id: r, token: t, depth: 1}}}\n");
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("ops", "acme", null, Role.OPERATOR),
                GatewayBed.caller("platform", "acme", null, Role.PLATFORM));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private HttpResponse<String> deliver(String body, String... headers) throws Exception {
        return gateway.send(GatewayBed.TOKEN, "POST", "/hooks/shop", body, headers);
    }

    private static JsonNode body(HttpResponse<String> reply) {
        return json(reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode written(int index) {
        return json(gateway.written().get(index).value());
    }

    @Test
    void aDeliveryThatComesTwiceIsTheSameEvent() throws Exception {
        HttpResponse<String> reply = deliver(BODY, "Content-Type", "text/plain", "Host-Is", "any");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        deliver(BODY);

        assertThat(gateway.written()).hasSize(2);
        assertThat(written(0).path("tenant").asText()).isEqualTo("acme");
        assertThat(written(0).path("title").asText()).isEqualTo("Pay the rent");
        assertThat(written(0).has("priority")).isFalse();
        assertThat(written(0).path("event_id")).isEqualTo(written(1).path("event_id"));
        assertThat(written(0).path("task_id")).isEqualTo(written(1).path("task_id"));
        assertThat(body(reply).at("/items/0/event_id")).isEqualTo(written(0).path("event_id"));
        assertThat(gateway.written().get(0).topic()).isEqualTo("task-events");
    }

    @Test
    void aRunIsStartedAndControlled() throws Exception {
        assertThat(deliver("{\"id\":\"1\",\"kind\":\"run\"}").statusCode()).isEqualTo(202);
        assertThat(written(0).path("run_id").asText())
                .isEqualTo("invoice-" + written(0).path("event_id").asText());
        assertThat(deliver("{\"id\":\"1\",\"kind\":\"cancel\"}").statusCode()).isEqualTo(202);
        assertThat(written(1).path("by").asText()).isEqualTo("hook shop");
        HttpResponse<String> child = deliver("{\"id\":\"1\",\"kind\":\"child\"}");
        assertThat(child.statusCode()).isEqualTo(400);
        assertThat(body(child).path("field").asText()).isEqualTo("events[0].parent");
    }

    @Test
    void whoDoesNotSignIsRefusedAndWhatIsWrongIsSaid() throws Exception {
        assertThat(gateway.post(null, "/hooks/shop", BODY).statusCode()).isEqualTo(401);
        assertThat(gateway.post("ops", "/hooks/shop", BODY).statusCode()).isEqualTo(401);
        assertThat(gateway.post(GatewayBed.TOKEN, "/hooks/other", BODY).statusCode())
                .isEqualTo(404);
        assertThat(deliver("no JSON").statusCode()).isEqualTo(400);
        assertThat(deliver("{\"title\":\"" + "x".repeat(1 << 20) + "\"}").statusCode())
                .isEqualTo(413);
        HttpResponse<String> wrong = deliver(BODY.replace("}", ",\"priority\":\"urgent\"}"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(body(wrong).path("field").asText()).isEqualTo("events[0].priority");
        assertThat(body(wrong).path("detail").asText()).isEqualTo("events[0]: priority: must be one of P1, P2, P3, P4");
        assertThat(body(deliver("{\"kind\":\"task\"}")).path("code").asText()).isEqualTo("invalid_mapping");
        assertThat(gateway.written()).isEmpty();
    }

    @Test
    void whatNoRuleIsForIsTakenAndIgnored() throws Exception {
        HttpResponse<String> reply = deliver("{\"id\":1,\"kind\":\"ping\"}");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(body(reply).path("items")).isEmpty();
    }

    @Test
    void whileKafkaDoesNotAnswerTheSenderIsToldToComeAgain() throws Exception {
        gateway.kafkaFails(new TimeoutException("no"));
        assertThat(deliver(BODY).statusCode()).isEqualTo(503);
        assertThat(metrics()).contains("gateway_hooks_total{source=\"shop\",outcome=\"failed\"} 1");
    }

    private String metrics() throws Exception {
        return gateway.get(null, "/metrics").body();
    }

    @Test
    void deliveriesAreCountedBySourceAndOutcome() throws Exception {
        deliver(BODY);
        deliver("{\"id\":1}");
        deliver("x");
        gateway.post(null, "/hooks/shop", BODY);
        assertThat(metrics())
                .contains(
                        "gateway_hooks_total{source=\"shop\",outcome=\"accepted\"} 1",
                        "gateway_hooks_total{source=\"shop\",outcome=\"ignored\"} 1",
                        "gateway_hooks_total{source=\"shop\",outcome=\"invalid\"} 1",
                        "gateway_hooks_total{source=\"shop\",outcome=\"unsigned\"} 1");
    }

    /** Who can't sign takes nothing of what the sender may send. */
    @Test
    void aSenderMaySendSoMany() throws Exception {
        gateway.close();
        gateway = GatewayBed.limited(directory, 2);
        for (int i = 0; i < 5; i++) {
            assertThat(gateway.post(null, "/hooks/shop", BODY).statusCode()).isEqualTo(401);
        }
        assertThat(deliver(BODY).statusCode()).isEqualTo(202);
        assertThat(deliver(BODY).statusCode()).isEqualTo(202);
        HttpResponse<String> late = deliver(BODY);
        assertThat(late.statusCode()).isEqualTo(429);
        assertThat(late.headers().firstValue("retry-after")).contains("1");
        assertThat(metrics()).contains("gateway_hooks_total{source=\"shop\",outcome=\"limited\"} 1");
    }

    @Test
    void aDryRunShowsWhatWouldBeWritten() throws Exception {
        HttpResponse<String> reply = gateway.post(
                "platform", "/v1/hooks/shop/dry-run", "{\"body\":" + BODY + ",\"headers\":{\"X-A\":\"b\"}}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(body(reply).at("/items/0/topic").asText()).isEqualTo("task-events");
        assertThat(body(reply).at("/items/0/event/title").asText()).isEqualTo("Pay the rent");
        assertThat(gateway.post("platform", "/v1/hooks/none/dry-run", "{\"body\":{}}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.post("ops", "/v1/hooks/shop/dry-run", "{\"body\":{}}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.written()).isEmpty();
    }
}
