package io.millrace.gateway.api;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskApiTest {
    private static final String ANN = "ann";
    private static final String SHOP = "shop";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller(ANN, "acme", "ann", Role.USER),
                GatewayBed.caller(SHOP, "acme", null, Role.OPERATOR));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private static JsonNode body(HttpResponse<String> reply) {
        return json(reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode written(int index) {
        return json(gateway.written().get(index).value());
    }

    @Test
    void aTaskThatIsBegunIsAnEventOnTheTopic() throws Exception {
        HttpResponse<String> reply = gateway.send(
                ANN,
                "POST",
                "/v1/tasks",
                "{\"title\":\"Pay the rent\",\"priority\":\"P1\",\"tags\":[\"home\"],\"remind_before_minutes\":60}",
                "Correlation-Id",
                "c-1",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        assertThat(reply.statusCode()).isEqualTo(202);
        ProducerRecord<byte[], byte[]> record = gateway.written().get(0);
        assertThat(record.topic()).isEqualTo(Topics.TASK_EVENTS);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("ann");
        assertThat(record.headers().lastHeader("correlation_id").value())
                .asString()
                .isEqualTo("c-1");
        assertThat(record.headers().lastHeader("traceparent")).isNotNull();
        JsonNode event = written(0);
        assertThat(event.path("event_type").asText()).isEqualTo("task.created");
        assertThat(event.path("tenant").asText()).isEqualTo("acme");
        assertThat(event.path("user_id").asText()).isEqualTo("ann");
        assertThat(event.path("task_id").asText())
                .isEqualTo(body(reply).path("task_id").asText());
        assertThat(event.path("event_id").asText())
                .isEqualTo(body(reply).path("event_id").asText());
        assertThat(event.path("correlation_id").asText()).isEqualTo("c-1");
        assertThat(body(reply).path("position").asText()).matches("task-events:0:[0-9]+");
    }

    @Test
    void aRequestThatIsSentAgainIsTheSameEvent() throws Exception {
        for (int i = 0; i < 2; i++) {
            gateway.send(ANN, "POST", "/v1/tasks", "{\"title\":\"a\"}", "Idempotency-Key", "k");
        }
        gateway.send(ANN, "POST", "/v1/tasks", "{\"title\":\"a\"}", "Idempotency-Key", "other");

        assertThat(written(1).path("event_id")).isEqualTo(written(0).path("event_id"));
        assertThat(written(1).path("task_id")).isEqualTo(written(0).path("task_id"));
        assertThat(written(2).path("event_id")).isNotEqualTo(written(0).path("event_id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH | /v1/tasks/t | {\"priority\":null,\"title\":\"x\"} | task.updated",
                "POST | /v1/tasks/t/complete | | task.completed",
                "POST | /v1/tasks/t/reopen | | task.reopened",
                "POST | /v1/tasks/t/snooze | {\"snooze_minutes\":15} | reminder.snoozed",
                "DELETE | /v1/tasks/t | | task.deleted"
            })
    void whatIsDoneWithATaskIsAnEventAboutIt(String method, String path, String body, String type) throws Exception {
        assertThat(gateway.send(ANN, method, path, body).statusCode()).isEqualTo(202);
        assertThat(written(0).path("event_type").asText()).isEqualTo(type);
        assertThat(written(0).path("task_id").asText()).isEqualTo("t");
    }

    @Test
    void nullInAChangeClearsAField() throws Exception {
        gateway.send(ANN, "PATCH", "/v1/tasks/t", "{\"description\":null}");

        assertThat(written(0).has("description")).isTrue();
        assertThat(written(0).path("description").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /v1/tasks | {} | title | missing_field",
                "POST | /v1/tasks | {\"title\":\"\"} | title | invalid_value",
                "POST | /v1/tasks | {\"title\":7} | title | wrong_type",
                "POST | /v1/tasks | {\"title\":\"a\",\"priority\":\"P9\"} | priority | invalid_value",
                "POST | /v1/tasks | {\"title\":\"a\",\"due_at\":\"2026-12-01T09:00:00\"} | time_zone | missing_field",
                "POST | /v1/tasks | {\"title\":\"a\",\"user_id\":\"bob\"} | user_id | unknown_field",
                "POST | /v1/tasks | {\"title\":\"a\",\"tenant\":\"beta\"} | tenant | unknown_field",
                "POST | /v1/tasks | {\"title\":\"a\",\"task_id\":\"a~b\"} | task_id | invalid_value",
                "PATCH | /v1/tasks/t | {} | | missing_field",
                "POST | /v1/tasks/t/snooze | {\"snooze_minutes\":0} | snooze_minutes | invalid_value",
                "GET | /v1/tasks?sort=size | | sort | invalid_value",
                "GET | /v1/tasks?sort=due,due | | sort | invalid_value",
                "GET | /v1/tasks?cursor=x | | cursor | invalid_value",
                "GET | /v1/tasks?after=x | | after | invalid_value",
                "GET | /v1/tasks?after=task-events:0:1 | | after | invalid_value",
                "GET | /v1/tasks?nonsense=1 | | nonsense | unknown_parameter"
            })
    void whatIsWrongIsNamed(String method, String path, String body, String field, String code) throws Exception {
        HttpResponse<String> reply = gateway.send(ANN, method, path, body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(body(reply).path("code").asText()).isEqualTo(code);
        assertThat(body(reply).path("field").asText(null)).isEqualTo(field);
        assertThat(gateway.written()).isEmpty();
    }

    @Test
    void aRuleThatCannotBeFollowedIsRefused() throws Exception {
        HttpResponse<String> reply = gateway.post(
                ANN,
                "/v1/tasks",
                "{\"title\":\"a\",\"due_at\":\"2026-12-01T09:00:00\",\"time_zone\":\"UTC\","
                        + "\"recurrence\":{\"rule\":\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"}}");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(body(reply).path("code").asText()).isEqualTo("invalid_recurrence");
    }

    @Test
    void tasksAreListedSearchedAndPaged() throws Exception {
        gateway.model()
                .tell(
                        log.task("acme", "ann", "a", 1, view -> view.put("title", "Pay the rent")),
                        log.task("acme", "ann", "b", 1, view -> view.put("title", "Pay the gas")),
                        log.task("acme", "bob", "c", 1, view -> view.put("title", "Pay the rent")));

        assertThat(body(gateway.get(ANN, "/v1/tasks?q=rent")).path("items")).hasSize(1);
        JsonNode first = body(gateway.get(ANN, "/v1/tasks?sort=-title&limit=1"));
        assertThat(first.path("items").get(0).path("task_id").asText()).isEqualTo("a");
        JsonNode second = body(gateway.get(
                ANN,
                "/v1/tasks?sort=-title&limit=1&cursor=" + first.path("next").asText()));
        assertThat(second.path("items").get(0).path("task_id").asText()).isEqualTo("b");
        assertThat(second.has("next")).isFalse();
        assertThat(gateway.get(ANN, "/v1/tasks/c").statusCode()).isEqualTo(404);
        assertThat(body(gateway.get(ANN, "/v1/tasks/a")).path("title").asText()).isEqualTo("Pay the rent");
    }

    @Test
    void anOperatorActsForTheOneThatItNames() throws Exception {
        gateway.model().tell(log.task("acme", "ann", "a", 1));

        assertThat(body(gateway.get(SHOP, "/v1/tasks?user=ann")).path("items")).hasSize(1);
        assertThat(gateway.get(SHOP, "/v1/tasks").statusCode()).isEqualTo(400);
        gateway.post(SHOP, "/v1/tasks?user=ann", "{\"title\":\"a\"}");
        assertThat(written(0).path("user_id").asText()).isEqualTo("ann");
        assertThat(gateway.get(ANN, "/v1/tasks?user=bob").statusCode()).isEqualTo(403);
    }

    @Test
    void aReadWaitsForOnesOwnWrite() throws Exception {
        gateway.model().live();
        JsonNode accepted = body(gateway.post(ANN, "/v1/tasks", "{\"title\":\"mine\",\"task_id\":\"t\"}"));
        CompletableFuture<HttpResponse<String>> read = CompletableFuture.supplyAsync(() -> {
            try {
                return gateway.get(
                        ANN,
                        "/v1/tasks/t?wait_seconds=30&after="
                                + accepted.path("event_id").asText());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        gateway.model().tell(log.task("acme", "ann", "t", 1, view -> view.put("title", "mine")
                .putObject("cause")
                .put("event_id", accepted.path("event_id").asText())));

        assertThat(read.get().statusCode()).isEqualTo(200);
        assertThat(body(read.get()).path("title").asText()).isEqualTo("mine");
        assertThat(gateway.get(ANN, "/v1/tasks/t?newer_than=0").statusCode()).isEqualTo(200);
        assertThat(gateway.get(ANN, "/v1/tasks?after=task-updates:0:0").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aReadThatWaitsForWhatWasRefusedIsToldWhy() throws Exception {
        gateway.model().live();
        String event = body(gateway.send(ANN, "POST", "/v1/tasks/t/complete", null))
                .path("event_id")
                .asText();
        gateway.model()
                .tell(log.letter(Topics.TASK_EVENTS, written(0), ErrorCode.UNKNOWN_TASK, "there is no task t", 0));

        HttpResponse<String> reply = gateway.get(ANN, "/v1/tasks/t?after=" + event);
        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(body(reply).path("code").asText()).isEqualTo("unknown_task");
        assertThat(body(reply).path("detail").asText()).isEqualTo("there is no task t");
    }

    @Test
    void aWaitIsBounded() throws Exception {
        for (String wait : List.of("after=" + UUID.randomUUID(), "newer_than=4", "after=task-updates:0:999")) {
            HttpResponse<String> reply = gateway.get(ANN, "/v1/tasks/t?wait_seconds=0&" + wait);

            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(body(reply).path("code").asText()).isEqualTo("not_read_yet");
            assertThat(reply.headers().firstValue("retry-after")).isPresent();
        }
    }

    @Test
    void tagsAndRemindersAreOnesOwn() throws Exception {
        gateway.model()
                .tell(
                        log.task("acme", "ann", "a", 1, view -> view.putArray("tags")
                                .add("home")),
                        log.reminder("acme", "ann", "a", TestRecords.START));

        assertThat(body(gateway.get(ANN, "/v1/tags"))
                        .path("items")
                        .get(0)
                        .path("tag")
                        .asText())
                .isEqualTo("home");
        assertThat(body(gateway.get(ANN, "/v1/reminders")).path("items")).hasSize(1);
    }

    @Test
    void whenKafkaDoesNotAnswerTheRequestIsNotDoneAndSaysSo() throws Exception {
        gateway.kafkaFails(new TimeoutException("no answer"));

        HttpResponse<String> reply = gateway.post(ANN, "/v1/tasks", "{\"title\":\"a\"}");
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(body(reply).path("detail").asText()).contains("Idempotency-Key");
    }

    @Test
    void whatKafkaWillNeverTakeIsNotToBeSentAgain() throws Exception {
        for (RuntimeException failure : List.of(
                new TopicAuthorizationException("SECRET"),
                new RecordTooLargeException("SECRET"),
                new TimeoutException("SECRET", new UnknownTopicOrPartitionException()))) {
            gateway.kafkaFails(failure);

            HttpResponse<String> reply = gateway.post(ANN, "/v1/tasks", "{\"title\":\"a\"}");
            assertThat(reply.statusCode()).as(failure.toString()).isEqualTo(502);
            assertThat(reply.body()).contains("log_refuses").doesNotContain("SECRET", "again with");
        }
    }

    @Test
    void anIdMayBeAnyText() throws Exception {
        gateway.model().tell(log.task("acme", "ann", "a/b c%d?", 1));

        assertThat(gateway.get(ANN, "/v1/tasks/a%2Fb%20c%25d%3F").statusCode()).isEqualTo(200);
    }
}
