package io.millrace.gateway.api;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs, approvals, conversations, and what is the platform's. */
class RunApiTest {
    private static final String LONG = "x".repeat(300);

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("ops", "acme", null, Role.OPERATOR),
                GatewayBed.caller("ops-2", "acme", null, Role.OPERATOR),
                GatewayBed.caller("desk-2", "acme", "agent-13", Role.DESK),
                GatewayBed.caller(LONG, "acme", null, Role.OPERATOR),
                GatewayBed.caller("ada", "acme", "ada", Role.USER),
                GatewayBed.caller("joe", "acme", "joe", Role.APPROVER),
                GatewayBed.caller("desk", "acme", "agent-12", Role.DESK),
                GatewayBed.caller("root", "default", null, Role.PLATFORM));
        gateway.model()
                .tell(
                        log.waitingRun("acme", "r-1", 2, "q-1"),
                        log.approval("acme", "r-1", "q-1", "ada"),
                        log.conversation("acme", "c-1", 1, "escalated"),
                        log.agent("echo", "1"),
                        log.slo("billing", "orders", "stopped", "2026-12-02T07:02:00Z"),
                        log.letter(
                                Topics.TASK_EVENTS,
                                TestRecords.example("task.completed"),
                                ErrorCode.UNKNOWN_TASK,
                                "none",
                                3));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private static JsonNode body(HttpResponse<String> reply) {
        return json(reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode lastWritten() {
        return json(gateway.written().get(gateway.written().size() - 1).value());
    }

    @Test
    void aRunIsStartedByAnEvent() throws Exception {
        HttpResponse<String> reply = gateway.post(
                "ops", "/v1/runs", "{\"workflow\":\"invoice\",\"input\":{\"a\":1.50},\"attributes\":{\"k\":\"v\"}}");

        assertThat(reply.statusCode()).isEqualTo(202);
        assertThat(body(reply).path("run_id").asText()).startsWith("invoice-");
        assertThat(lastWritten().path("event_type").asText()).isEqualTo("workflow.start");
        assertThat(new String(gateway.written().get(0).value(), StandardCharsets.UTF_8))
                .contains("\"a\":1.50");
        assertThat(gateway.written().get(0).topic()).isEqualTo(Topics.WORKFLOW_COMMANDS);
        assertThat(gateway.post("ops", "/v1/runs", "{\"workflow\":\"invoice\",\"parent\":{}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.post("ops", "/v1/runs", "{\"workflow\":\"No Name\"}").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signal | {\"name\":\"paid\",\"data\":1} | workflow.signal | ''",
                "cancel | {\"reason\":\"twice\"} | workflow.control | cancel",
                "suspend | | workflow.control | suspend",
                "resume | {} | workflow.control | resume",
                "retry | {\"input\":{\"b\":2}} | workflow.control | retry"
            })
    void aRunThatIsThereIsToldByAnEvent(String verb, String body, String type, String action) throws Exception {
        assertThat(gateway.send("ops", "POST", "/v1/runs/r-1/" + verb, body).statusCode())
                .isEqualTo(202);
        assertThat(lastWritten().path("event_type").asText()).isEqualTo(type);
        assertThat(lastWritten().path("action").asText()).isEqualTo(action);
        assertThat(lastWritten().path("run_id").asText()).isEqualTo("r-1");
        assertThat(gateway.send("ops", "POST", "/v1/runs/none/" + verb, body).statusCode())
                .isEqualTo(404);
    }

    private String eventId(String token, String path, String body, String key) throws Exception {
        HttpResponse<String> reply = gateway.send(token, "POST", path, body, "Idempotency-Key", key);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        return body(reply).path("event_id").asText();
    }

    @Test
    void aKeyForSendingAgainIsTheCallersOwn() throws Exception {
        String reply = "/v1/conversations/c-1/reply";
        String first = eventId("desk", reply, "{\"text\":\"Hello\"}", "1");

        assertThat(eventId("desk", reply, "{\"text\":\"Hello\"}", "1")).isEqualTo(first);
        assertThat(eventId("desk-2", reply, "{\"text\":\"Hello\"}", "1")).isNotEqualTo(first);
        assertThat(eventId("ops", "/v1/runs", "{\"workflow\":\"invoice\"}", "1"))
                .isNotEqualTo(eventId("ops-2", "/v1/runs", "{\"workflow\":\"invoice\"}", "1"));
    }

    @Test
    void twoSignalsOfARunAreTwoEvents() throws Exception {
        String signal = "/v1/runs/r-1/signal";
        String paid = eventId("ops", signal, "{\"name\":\"paid\"}", "1");

        assertThat(eventId("ops", signal, "{\"name\":\"paid\"}", "1")).isEqualTo(paid);
        assertThat(eventId("ops", signal, "{\"name\":\"shipped\"}", "1")).isNotEqualTo(paid);
        assertThat(gateway.post("ops", signal, "{\"name\":1}").statusCode()).isEqualTo(400);
        assertThat(gateway.post("ops", signal, "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void aKeyWithALongNameStopsRunsToo() throws Exception {
        assertThat(gateway.send(LONG, "POST", "/v1/runs/r-1/cancel", null).statusCode())
                .isEqualTo(202);
        assertThat(lastWritten().path("by").asText()).hasSize(200);
    }

    @Test
    void runsAreListedAndShown() throws Exception {
        assertThat(body(gateway.get("ops", "/v1/runs?state=waiting,failed")).path("items"))
                .hasSize(1);
        assertThat(body(gateway.get("ops", "/v1/runs?attribute=service%3Dbilling"))
                        .path("items"))
                .hasSize(1);
        assertThat(gateway.get("ops", "/v1/runs?attribute=x").statusCode()).isEqualTo(400);
        assertThat(body(gateway.get("ops", "/v1/runs/r-1?newer_than=1"))
                        .path("number")
                        .asInt())
                .isEqualTo(2);
        assertThat(gateway.get("ada", "/v1/runs").statusCode()).isEqualTo(403);
    }

    private static SourceRecord with(SourceRecord record, Consumer<ObjectNode> change) {
        ObjectNode event = (ObjectNode) json(record.value());
        change.accept(event);
        byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
        return new SourceRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                value,
                List.of());
    }

    @Test
    void aRequestThatLeavesNothingToChooseIsNotDecided() throws Exception {
        gateway.model().tell(with(log.approval("acme", "r-1", "q-2", "ada"), event -> event.putArray("choices")));

        for (String verb : List.of("approve", "reject")) {
            HttpResponse<String> reply = gateway.post("ada", "/v1/approvals/q-2/" + verb, "{}");
            assertThat(reply.statusCode()).isEqualTo(409);
            assertThat(body(reply).path("code").asText()).isEqualTo("no_choices");
        }
    }

    @Test
    void whoIsAskedDecidesAsThemselves() throws Exception {
        assertThat(body(gateway.get("ada", "/v1/approvals")).path("items")).hasSize(1);
        assertThat(gateway.post("ada", "/v1/approvals/q-1/approve", "{\"comment\":\"ok\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(lastWritten().path("choice").asText()).isEqualTo("approve");
        assertThat(lastWritten().path("by").asText()).isEqualTo("ada");
        assertThat(lastWritten().path("run_id").asText()).isEqualTo("r-1");
        assertThat(gateway.send("ada", "POST", "/v1/approvals/q-1/reject", null).statusCode())
                .isEqualTo(202);
        assertThat(lastWritten().path("choice").asText()).isEqualTo("reject");
        assertThat(gateway.post("ada", "/v1/approvals/q-1/approve", "{\"by\":\"joe\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.post("ada", "/v1/approvals/q-1/approve", "{\"choice\":\"maybe\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whoIsNotAskedDecidesNothing() throws Exception {
        assertThat(body(gateway.get("joe", "/v1/approvals")).path("items")).isEmpty();
        assertThat(gateway.get("joe", "/v1/approvals/q-1").statusCode()).isEqualTo(404);
        assertThat(gateway.post("joe", "/v1/approvals/q-1/approve", "{}").statusCode())
                .isEqualTo(404);
        assertThat(gateway.written()).isEmpty();
    }

    @Test
    void whoActsForOthersSaysForWhom() throws Exception {
        assertThat(gateway.post("ops", "/v1/approvals/q-1/approve", "{}").statusCode())
                .isEqualTo(400);
        assertThat(gateway.post("ops", "/v1/approvals/q-1/approve", "{\"by\":\"ada\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(lastWritten().path("by").asText()).isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assign | | conversation.assigned | agent-12",
                "assign | {\"to\":\"agent-13\"} | conversation.assigned | agent-13",
                "reply | {\"text\":\"It left.\"} | message.sent | agent-12",
                "release | | conversation.released | ''",
                "close | {\"reason\":\"solved\"} | conversation.closed | ''"
            })
    void whatADeskDoesIsAnEvent(String verb, String body, String type, String who) throws Exception {
        assertThat(gateway.send("desk", "POST", "/v1/conversations/c-1/" + verb, body)
                        .statusCode())
                .isEqualTo(202);
        assertThat(lastWritten().path("event_type").asText()).isEqualTo(type);
        assertThat(lastWritten().path("conversation_id").asText()).isEqualTo("c-1");
        assertThat(lastWritten().path("to").asText(lastWritten().path("by").asText()))
                .isEqualTo(who);
        assertThat(gateway.send("desk", "POST", "/v1/conversations/none/" + verb, body)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aReplyHasAText() throws Exception {
        HttpResponse<String> reply = gateway.post("desk", "/v1/conversations/c-1/reply", "{}");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(body(reply).path("field").asText()).isEqualTo("text");
    }

    @Test
    void conversationsAreListedAndShown() throws Exception {
        assertThat(body(gateway.get("desk", "/v1/conversations?state=escalated&customer_id=cu-81"))
                        .path("items"))
                .hasSize(1);
        assertThat(body(gateway.get("desk", "/v1/conversations?assigned_to=nobody"))
                        .path("items"))
                .isEmpty();
        assertThat(body(gateway.get("desk", "/v1/conversations/c-1"))
                        .path("state")
                        .asText())
                .isEqualTo("escalated");
    }

    @Test
    void agentsAndGroupsAreShown() throws Exception {
        assertThat(body(gateway.get("ops", "/v1/agents")).path("items")).hasSize(1);
        assertThat(body(gateway.get("root", "/v1/agents/echo")).path("version").asText())
                .isEqualTo("1");
        assertThat(body(gateway.get("root", "/v1/slo?verdict=stopped")).path("items"))
                .hasSize(1);
        assertThat(gateway.get("ops", "/v1/slo").statusCode()).isEqualTo(403);
    }

    @Test
    void deadLettersAreLookedAtAndPutBack() throws Exception {
        assertThat(body(gateway.get("root", "/v1/dead-letters?topic=task-events-dlq&code=unknown_task"))
                        .path("items")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo("task-events-dlq:0:0");
        assertThat(body(gateway.get("root", "/v1/dead-letters/counts"))
                        .path("items")
                        .get(0)
                        .path("letters")
                        .asInt())
                .isEqualTo(1);
        assertThat(body(gateway.get("root", "/v1/dead-letters/task-events-dlq:0:0"))
                        .path("value")
                        .asText())
                .contains("task.completed");
        assertThat(body(gateway.send("root", "POST", "/v1/dead-letters/task-events-dlq:0:0/replay", null))
                        .path("items")
                        .get(0)
                        .path("position")
                        .asText())
                .isEqualTo("task-events:0:7");
        assertThat(body(gateway.post("root", "/v1/dead-letters/replay", "{\"topic\":\"task-events-dlq\"}"))
                        .path("items"))
                .hasSize(1);
        assertThat(gateway.replayed()).hasSize(2);
        for (String none : new String[] {"task-events-dlq:0:9", "task-events:0:0", "x"}) {
            assertThat(gateway.get("root", "/v1/dead-letters/" + none).statusCode())
                    .isEqualTo(404);
            assertThat(gateway.send("root", "POST", "/v1/dead-letters/" + none + "/replay", null)
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(gateway.get("ops", "/v1/dead-letters").statusCode()).isEqualTo(403);
    }
}
