package io.millrace.chaos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.auditor.CallAuditSettings.Budget;
import io.millrace.auditor.OffenceKind;
import io.millrace.chaos.workload.Publication;
import io.millrace.chaos.workload.Report;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.Uuid5;
import io.millrace.testing.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A call that is answered as by the job; then an offence that the judge must find. */
@Timeout(120)
class CallJudgeITCase {
    private static final int BUDGET = 1_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private RecordingAgents agents;
    private KafkaBroker broker;
    private KafkaProducer<byte[], byte[]> producer;
    private CallPlan plan;
    private CallJudge judge;
    private PlannedCall call;

    @BeforeEach
    void aCallThatIsAnswered() throws Exception {
        agents = RecordingAgents.start();
        broker = KafkaBroker.at(directory.resolve("kafka")).start();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers());
                AgentWorkload workload = AgentWorkload.start(directory)) {
            topics.ensure(workload.topics(1));
        }
        plan = CallPlan.of(1, "e1-", agents);
        judge = new CallJudge(broker.bootstrapServers(), plan, new Budget(BUDGET, 0), () -> agents.asks(plan.prefix()));
        call = plan.calls().values().stream()
                .filter(each -> each.kind() == AgentKind.PRICED && each.certain())
                .findFirst()
                .orElseThrow();
        publishCall();
        ask(call.key().toString());
        long cost = AgentKind.tokens(call.key().toString(), 1);
        outcome(1, cost);
        result(Uuid5.of(call.key(), "result"), cost);
    }

    @AfterEach
    void stop() {
        judge.close();
        producer.close(Duration.ZERO);
        broker.close();
        agents.close();
    }

    private void publishCall() throws Exception {
        Instant now = Instant.now();
        for (Publication each : plan.publications()) {
            ObjectNode json = each.event().json();
            if (each.topic().equals(Topics.AGENT_CALLS)
                    && json != null
                    && json.path("tenant").asText().equals(call.tenant())
                    && json.path("call_key").asText().equals(call.callKey())) {
                send(each.topic(), each.event().value(now, now));
                return;
            }
        }
        throw new AssertionError("the plan does not publish " + call);
    }

    private void ask(String key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(agents.url(AgentKind.PRICED, call.agent(), 1)))
                .header("Idempotency-Key", key)
                .header("Millrace-Attempt", "1")
                .POST(HttpRequest.BodyPublishers.ofString("{\"number\":" + call.number() + "}"))
                .build();
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
    }

    private void outcome(int attempt, long cost) throws Exception {
        ObjectNode json = event("agent.outcome", UUID.randomUUID())
                .put("attempt_id", call.key() + "#" + attempt + ".0123abcd")
                .put("owner", call.tenant() + "\u001f" + call.callKey())
                .put("agent", call.agent())
                .put("status", "OK")
                .put("cost_micros", cost);
        send(Topics.AGENT_OUTCOMES, JSON.writeValueAsBytes(json));
    }

    private void result(UUID id, long cost) throws Exception {
        ObjectNode json = event("agent.result", id)
                .put("call_key", call.callKey())
                .put("agent", call.agent())
                .put("answered_by", call.agent())
                .put("status", "OK")
                .put("attempts", 1)
                .put("cost_micros", cost)
                .put("cached", false);
        json.putObject("output").put("answer", AgentKind.answer(call.number()));
        send(Topics.AGENT_RESULTS, JSON.writeValueAsBytes(json));
    }

    private ObjectNode event(String type, UUID id) {
        return JSON.createObjectNode()
                .put("schema_version", 1)
                .put("event_id", id.toString())
                .put("event_type", type)
                .put("occurred_at", Instant.now().toString())
                .put("tenant", call.tenant());
    }

    private void send(String topic, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, null, value)).get(30, TimeUnit.SECONDS);
    }

    @Test
    void whatIsRightIsClean() {
        Report report = look("the result", each -> each.counts().getOrDefault("ok", 0L) == 1);

        assertThat(report.isClean()).as(report::toString).isTrue();
        assertThat(report.counts())
                .containsEntry("calls", 1L)
                .containsEntry("ok", 1L)
                .containsEntry("asked", 1L);
    }

    @Test
    void aSecondResultIdIsFound() throws Exception {
        result(UUID.randomUUID(), 0);

        assertFound(OffenceKind.WRONG, "whose id must be");
    }

    @Test
    void anOverspentBudgetIsFound() throws Exception {
        outcome(2, BUDGET);

        assertFound(OffenceKind.OVERSPENT, "at most " + BUDGET + " allowed");
    }

    @Test
    void aKeyThatNobodyCalledIsFound() throws Exception {
        ask(UUID.randomUUID().toString());

        assertFound(OffenceKind.WRONG, "the key of no call");
    }

    private void assertFound(OffenceKind kind, String text) {
        Report report = look("the offence", each -> each.offences().containsKey(kind));

        assertThat(report.text()).contains(text);
    }

    /** A look takes a moment, in which a slow machine has read nothing yet. */
    private Report look(String what, Predicate<Report> isThere) {
        AtomicReference<Report> last = new AtomicReference<>();
        Await.until(what, () -> last.get().text(), () -> {
            last.set(judge.look());
            return isThere.test(last.get());
        });
        return last.get();
    }
}
