package io.millrace.gateway.api;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.task.TaskEventReader;
import io.millrace.schema.wire.SourceRecord;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudEvents over the network. */
class CloudEventApiTest {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @TempDir
    Path directory;

    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("ops", "acme", null, Role.OPERATOR),
                GatewayBed.caller("ann", "acme", "ann", Role.USER),
                GatewayBed.caller("desk", "acme", "d", Role.DESK));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private HttpResponse<String> send(String token, String type, String body, String... more) throws Exception {
        String[] headers = new String[more.length + 2];
        headers[0] = "Content-Type";
        headers[1] = type;
        System.arraycopy(more, 0, headers, 2, more.length);
        return gateway.send(token, "POST", "/v1/events", body, headers);
    }

    private static String event(String id, String type, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"/shop\",\"type\":\"" + type
                + "\",\"time\":\"2026-12-01T08:00:00Z\",\"data\":" + data + "}";
    }

    private static JsonNode body(HttpResponse<String> reply) {
        return json(reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode written(int index) {
        return json(gateway.written().get(index).value());
    }

    /** The event has the same id whether it comes so or by Kafka. */
    @Test
    void aStructuredOneIsReadAsTheJobReadsIt() throws Exception {
        byte[] example =
                TestRecords.example("task.created.cloudevent").toString().getBytes(StandardCharsets.UTF_8);
        TaskEvent byKafka =
                TaskEventReader.read(new SourceRecord("task-events", 0, 0, 0, new byte[0], example, List.of()));

        HttpResponse<String> reply = send("ops", STRUCTURED, new String(example, StandardCharsets.UTF_8));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
        TaskEvent byHttp = TaskEventReader.read(new SourceRecord(
                "task-events", 0, 0, 0, new byte[0], gateway.written().get(0).value(), List.of()));
        assertThat(byHttp.eventId()).isEqualTo(byKafka.eventId());
        assertThat(byHttp.occurredAt()).isEqualTo(byKafka.occurredAt());
        assertThat(byHttp.fields()).isEqualTo(byKafka.fields());
        assertThat(byHttp.tenant()).isEqualTo("acme");
        assertThat(new String(gateway.written().get(0).key(), StandardCharsets.UTF_8))
                .isEqualTo("u-7");
    }

    @Test
    void theTypeSaysWhereItGoes() throws Exception {
        send("ops", STRUCTURED, event("1", "workflow.start", "{\"workflow\":\"invoice\",\"input\":{\"a\":1}}"));
        send("ops", STRUCTURED, event("2", "workflow.signal", "{\"run_id\":\"r\",\"name\":\"paid\"}"));
        send("ops", STRUCTURED, event("3", "message.received", "{\"conversation_id\":\"c\",\"text\":\"hello\"}"));

        assertThat(gateway.written())
                .extracting(record -> record.topic())
                .containsExactly("workflow-commands", "workflow-commands", "conversation-events");
        assertThat(written(0).path("run_id").asText()).startsWith("invoice-");
    }

    @Test
    void attributesMayBeHeadersAndDataMayBeTextOrBase64() throws Exception {
        HttpResponse<String> binary = send(
                "ann",
                "application/json",
                "{\"title\":\"a\"}",
                "ce-specversion",
                "1.0",
                "ce-id",
                "b%C3%A9",
                "ce-source",
                "/shop",
                "ce-type",
                "task.created",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assertThat(binary.statusCode()).as(binary.body()).isEqualTo(202);
        assertThat(written(0).path("user_id").asText()).isEqualTo("ann");
        assertThat(gateway.written().get(0).headers().lastHeader("traceparent")).isNotNull();

        send("ann", STRUCTURED, event("t", "task.created", "\"{\\\"title\\\":\\\"b\\\"}\""));
        String base64 = Base64.getEncoder().encodeToString("{\"title\":\"c\"}".getBytes(StandardCharsets.UTF_8));
        send(
                "ann",
                STRUCTURED,
                event("u", "task.created", "0").replace("\"data\":0", "\"data_base64\":\"" + base64 + "\""));
        assertThat(written(1).path("title").asText()).isEqualTo("b");
        assertThat(written(2).path("title").asText()).isEqualTo("c");
    }

    @Test
    void aBatchIsTakenWholeOrNotAtAll() throws Exception {
        String good = event("1", "task.created", "{\"title\":\"a\"}");
        HttpResponse<String> wrong =
                send("ann", BATCH, "[" + good + "," + event("2", "task.created", "{\"title\":7}") + "]");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(body(wrong).path("field").asText()).isEqualTo("[1].title");
        assertThat(body(wrong).path("detail").asText()).startsWith("[1]: title: ");
        assertThat(gateway.written()).isEmpty();

        HttpResponse<String> taken =
                send("ann", BATCH, "[" + good + "," + event("2", "task.completed", "{\"task_id\":\"t\"}") + "]");
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(body(taken).path("items")).hasSize(2);
        assertThat(body(taken).at("/items/1/event_type").asText()).isEqualTo("task.completed");
        assertThat(send("ann", BATCH, "[" + (good + ",").repeat(100) + good + "]")
                        .statusCode())
                .isEqualTo(413);
        assertThat(send("ann", BATCH, "[]").statusCode()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann | task.completed | {\"user_id\":\"bob\",\"task_id\":\"t\"} | 403",
                "ann | task.completed | {\"tenant\":\"beta\",\"task_id\":\"t\"} | 403",
                "ops | task.completed | {\"tenant\":\"beta\",\"user_id\":\"x\",\"task_id\":\"t\"} | 403",
                "ann | workflow.start | {\"workflow\":\"x\"} | 403",
                "desk | task.completed | {\"task_id\":\"t\"} | 403",
                "ops | task.completed | {\"task_id\":\"t\"} | 400",
                "ops | approval.decided | {\"run_id\":\"r\"} | 400",
                "ops | nonsense | {} | 400",
                "ops | workflow.start | {\"workflow\":\"x\",\"parent\":{\"run_id\":\"r\"}} | 400",
                "ops | workflow.start | {\"workflow\":\"x\",\"schema_version\":2} | 400",
                "ops | workflow.start | {\"workflow\":\"x\",\"event_id\":\"x\"} | 400",
                "ops | workflow.start | {\"workflow\":\"x\",\"event_type\":7} | 400",
                "ops | workflow.start | {\"specversion\":\"1.0\"} | 400",
                "ops | workflow.start | 7 | 400",
                "ops | workflow.start | \"no JSON\" | 400",
            })
    void whatMayNotBeIsRefused(String token, String type, String data, int status) throws Exception {
        HttpResponse<String> reply = send(token, STRUCTURED, event("1", type, data));
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(gateway.written()).isEmpty();
    }

    @Test
    void aBodyOfWhichTheTreeWouldBeManyTimesAsLargeIsRefused() throws Exception {
        HttpResponse<String> reply = send("ops", BATCH, "[" + "{},".repeat(60_000) + "{}]");

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(body(reply).path("code").asText()).isEqualTo("not_json");
    }

    @Test
    void whatIsNoCloudEventIsRefused() throws Exception {
        String event = event("1", "task.created", "{\"title\":\"a\"}");
        for (String wrong : List.of(
                event.replace("\"1.0\"", "\"0.3\""),
                event.replace("\"1.0\"", "1.0"),
                event.replace("\"id\":\"1\"", "\"id\":\"\""),
                event.replace("\"source\"", "\"origin\""),
                event.replace("\"data\":", "\"data_base64\":\"*\",\"x\":"),
                event.replace("\"data\":", "\"data_base64\":\"e30=\",\"data\":"),
                event.replace("2026-12-01T08:00:00Z", "yesterday"),
                "7",
                "{}")) {
            HttpResponse<String> reply = send("ann", STRUCTURED, wrong);
            assertThat(reply.statusCode()).as(wrong + reply.body()).isEqualTo(400);
        }
        assertThat(send("ann", "text/plain", event).statusCode()).isEqualTo(415);
        assertThat(send(null, STRUCTURED, event).statusCode()).isEqualTo(401);
        assertThat(gateway.written()).isEmpty();
    }

    private String dapr(String event, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = STRUCTURED;
        System.arraycopy(headers, 0, all, 2, headers.length);
        HttpResponse<String> reply = gateway.send(null, "POST", "/dapr/events", event, all);
        return reply.statusCode() == 200 ? body(reply).path("status").asText() : Integer.toString(reply.statusCode());
    }

    @Test
    void aSidecarOfDaprIsToldWhatBecameOfAnEvent() throws Exception {
        assertThat(json(gateway.get(null, "/dapr/subscribe").body().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(TestRecords.JSON.readTree("[{\"pubsubname\":\"pubsub\",\"topic\":\"orders\","
                        + "\"routes\":{\"default\":\"/dapr/events\"}}]"));
        String data = "{\"event_type\":\"task.created\",\"title\":\"a\"}";
        String good = event("1", "com.dapr.event.sent", data);

        assertThat(dapr(good, "dapr-api-token", "ann")).isEqualTo("SUCCESS");
        assertThat(dapr(good, "dapr-api-token", "nobody")).isEqualTo("401");
        assertThat(dapr(event("1", "com.dapr.event.sent", "{}"), "dapr-api-token", "ann"))
                .isEqualTo("DROP");
        assertThat(dapr("no JSON", "dapr-api-token", "ann")).isEqualTo("DROP");
        assertThat(gateway.written()).hasSize(1);
        gateway.kafkaFails(new TimeoutException("no"));
        assertThat(dapr(good, "dapr-api-token", "ann")).isEqualTo("RETRY");
    }
}
