package io.millrace.jobs.agents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.logic.agent.CallKeys;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.testing.llm.LlmReply;
import io.millrace.testing.llm.LlmRequest;
import io.millrace.testing.llm.LlmServer;
import io.millrace.testing.process.FreePort;
import io.millrace.testing.trace.ReceivedSpan;
import io.millrace.testing.trace.TraceCollector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trace of a call, from the caller by way of the job to the model that its agent asks. */
@Timeout(180)
class AgentsTracesITCase {
    private static final String PLANTED = "planted-d06e";
    private static final String CALLER = "b7ad6b7169203331";

    @TempDir
    static Path directory;

    private static TraceCollector collector;
    private static LlmServer llm;
    private static AgentsTestbed bed;
    private static AgentTopics topics;
    private static JobID job;

    @BeforeAll
    static void start() throws Exception {
        collector = TraceCollector.start();
        llm = LlmServer.start();
        bed = AgentsTestbed.start(directory, 1, 4);
        Path headers = Files.writeString(directory.resolve("headers"), "authorization=Bearer " + PLANTED + "\n");
        topics = bed.topics("");
        job = bed.cluster()
                .run(
                        2,
                        JobBed.definition(
                                AgentsJob.JOB,
                                topics.arguments(arguments(
                                        "--tracing.otlp-endpoint",
                                        collector.url(),
                                        "--tracing.headers-file",
                                        headers.toString()))));
        register(topics);
    }

    private static String[] arguments(String... tracing) {
        String[] service = {
            "--llm.endpoint", llm.openAiEndpoint(), "--llm.api", "openai", "--llm.deployment", "gpt-test"
        };
        String[] all = new String[service.length + tracing.length];
        System.arraycopy(service, 0, all, 0, service.length);
        System.arraycopy(tracing, 0, all, service.length, tracing.length);
        return all;
    }

    private static void register(AgentTopics into) {
        into.register("writer", "{'kind':'llm'}", "'retry':{'initial_ms':50}", "'model':'gpt-priced'");
        into.register("sleeper", "{'kind':'llm'}", "'retry':{'max_attempts':1}", "'fallback':{'agents':['writer']}");
    }

    @AfterAll
    static void stop() throws Exception {
        int restarts = bed.cluster().restarts(job);
        topics.close();
        bed.close();
        llm.close();
        collector.close();
        assertThat(restarts).isZero();
    }

    @Test
    void aCallAndItsAttemptsJoinTheTraceOfTheCaller() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        llm.next(LlmReply.error(503, "busy", PLANTED));
        call("k-joined", "writer", "00-" + trace + "-" + CALLER + "-01");

        JsonNode result = topics.awaitResult("k-joined");
        List<ReceivedSpan> spans = awaitSpans(trace, 3);
        ReceivedSpan call = spans.get(0);
        List<ReceivedSpan> attempts = spans.subList(1, 3);

        assertThat(result.path("status").asText()).isEqualTo("OK");
        assertThat(call.parentSpanId()).isEqualTo(CALLER);
        assertThat(call.service()).isEqualTo("millrace-agents");
        assertThat(call.name()).isEqualTo("invoke_agent writer");
        assertThat(call.failed()).isFalse();
        assertThat(call.endedAt() - call.startedAt())
                .isEqualTo(result.path("timings").path("total_ms").asLong());
        assertThat(call.attributes())
                .containsEntry("millrace.status", "OK")
                .containsEntry("millrace.attempts", "2")
                .containsEntry("millrace.correlation_id", "c-k-joined")
                .containsEntry(
                        "gen_ai.usage.output_tokens",
                        result.path("usage").path("output_tokens").asText());
        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(attempt.parentSpanId()).isEqualTo(call.spanId());
            assertThat(attempt.name()).isEqualTo("chat gpt-priced");
            assertThat(attempt.attributes()).containsEntry("gen_ai.provider.name", "openai");
        });
        assertThat(attempts).extracting(ReceivedSpan::failed).containsExactly(true, false);
        assertThat(attempts)
                .extracting(attempt -> attempt.attributes().get("millrace.status"))
                .containsExactly("RETRYABLE", "OK");
        // What the model's side traces is a child of the attempt.
        assertThat(requests("k-joined"))
                .extracting(request -> request.headers().get("traceparent"))
                .containsExactly(
                        "00-" + trace + "-" + attempts.get(0).spanId() + "-01",
                        "00-" + trace + "-" + attempts.get(1).spanId() + "-01");
        assertThat(collector.headers()).containsEntry("authorization", "Bearer " + PLANTED);
        assertThat(result.path("output").toString()).contains(PLANTED);
        assertThat(collector.holds("invoke_agent writer")).isTrue();
        assertThat(collector.holds(PLANTED)).isFalse();
    }

    @Test
    void aCallOfItsOwnIsTheRootOfItsTraceAndOfThatOfItsFallbacks() throws Exception {
        llm.next(LlmReply.noSuchDeployment());
        call("k-alone", "sleeper", null);

        topics.awaitResult("k-alone");
        String trace = requests("k-alone").get(0).headers().get("traceparent").split("-")[1];
        List<ReceivedSpan> spans = awaitSpans(trace, 3);

        assertThat(spans)
                .extracting(ReceivedSpan::parentSpanId)
                .containsExactly("", spans.get(0).spanId(), spans.get(0).spanId());
        assertThat(spans)
                .extracting(ReceivedSpan::name)
                .containsExactly("invoke_agent sleeper", "chat gpt-test", "chat gpt-priced");
        assertThat(spans.get(0).attributes()).containsEntry("millrace.answered_by", "writer");
    }

    @Test
    void whatTheCallerDoesNotSampleIsNotTraced() throws Exception {
        String trace = "1bf7651916cd43dd8448eb211c80319c";
        String later = "2cf7651916cd43dd8448eb211c80319c";
        call("k-unsampled", "writer", "00-" + trace + "-" + CALLER + "-00");
        topics.awaitResult("k-unsampled");
        for (int i = 0; i < 20; i++) {
            // On each subtask there is one after it.
            call("k-later-" + i, "writer", "00-" + later + "-" + CALLER + "-01");
        }

        awaitSpans(later, 40);

        assertThat(collector.spansOf(trace)).isEmpty();
        assertThat(requests("k-unsampled").get(0).headers().get("traceparent"))
                .startsWith("00-" + trace + "-")
                .endsWith("-00")
                .doesNotContain(CALLER);
    }

    @Test
    void callsAreAnsweredWithoutACollectorAndTracesMayBeSwitchedOffAtASavepoint() throws Exception {
        try (AgentTopics others = bed.topics("blind-")) {
            JobID blind = bed.cluster()
                    .run(
                            2,
                            JobBed.definition(
                                    AgentsJob.JOB,
                                    others.arguments(arguments(
                                            "--tracing.otlp-endpoint", "http://localhost:" + FreePort.find()))));
            register(others);
            for (int i = 0; i < 50; i++) {
                others.call("writer", "k-blind-" + i, "'input':" + i);
            }
            for (int i = 0; i < 50; i++) {
                assertThat(others.awaitResult("k-blind-" + i).path("status").asText())
                        .isEqualTo("OK");
            }
            assertThat(bed.cluster().restarts(blind)).isZero();

            String savepoint = bed.cluster().stop(blind);
            JobID off =
                    bed.cluster().resume(2, JobBed.definition(AgentsJob.JOB, others.arguments(arguments())), savepoint);
            others.call("writer", "k-off", "'input':1");
            assertThat(others.awaitResult("k-off").path("status").asText()).isEqualTo("OK");
            bed.cluster().cancel(off);
        }
    }

    private static void call(String key, String agent, String traceparent) {
        String json = "{'schema_version':1,'event_id':'" + UUID.randomUUID() + "','event_type':'agent.call',"
                + "'occurred_at':'2026-11-20T08:00:00Z','agent':'" + agent + "','call_key':'" + key
                + "','correlation_id':'c-" + key + "','input':{'text':'" + PLANTED + "'}}";
        byte[] value = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        if (traceparent == null) {
            topics.probe().publish(topics.calls(), key, value);
        } else {
            topics.probe().publish(topics.calls(), key, value, TopicProbe.header("traceparent", traceparent));
        }
    }

    /** The spans of a trace: the call's first, then those of its attempts as they began. */
    private static List<ReceivedSpan> awaitSpans(String trace, int count) throws Exception {
        topics.await("the spans of " + trace, () -> collector.spansOf(trace).size() >= count);
        assertThat(collector.spansOf(trace)).hasSize(count);
        return collector.spansOf(trace).stream()
                .sorted(Comparator.<ReceivedSpan, Boolean>comparing(
                                span -> !span.attributes().containsKey("millrace.attempts"))
                        .thenComparing(ReceivedSpan::startedAt))
                .toList();
    }

    /** What the model was asked for a call, by its agent and its fallbacks, in turn. */
    private static List<LlmRequest> requests(String callKey) {
        String key = CallKeys.idempotencyKey("default", callKey).toString();
        return llm.requests().stream()
                .filter(request -> request.idempotencyKey().startsWith(key))
                .toList();
    }
}
