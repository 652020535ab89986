package io.millrace.jobs.agents.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentDefinition.Budget;
import io.millrace.schema.agent.AgentDefinition.Rate;
import io.millrace.schema.agent.AgentDefinition.Transport;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentResult;
import io.millrace.schema.agent.Usage;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SpansTest {
    private static final String KEY = "7e57c0de-0000-5000-8000-000000000000";
    private static final String PLANTED = "planted-3f9b";
    private static final SpanContext CALL = new TraceTree(1).call(KEY, null);
    private static final SpanContext ATTEMPT = TraceTree.attempt(KEY + "#2", CALL);
    private static final Llm AZURE =
            new Llm("https://llm.example", LlmApi.AZURE, "house", LlmCredential.NONE, null, null);
    private static final Llm OPENAI =
            new Llm("https://llm.example", LlmApi.OPENAI, "house", LlmCredential.NONE, null, null);

    @Test
    void aCallTellsHowItEnded() {
        EndedSpan span = Spans.call(
                result(AgentResult.Status.OK, "writer", null, new Usage(812, 64)), CALL, SpanContext.getInvalid());

        assertThat(span.name()).isEqualTo("invoke_agent writer");
        assertThat(span.kind()).isEqualTo(SpanKind.INTERNAL);
        assertThat(span.failed()).isFalse();
        assertThat(span.startedAt()).isEqualTo(480);
        assertThat(span.endedAt()).isEqualTo(1_000);
        assertThat(attributes(span))
                .isEqualTo(Map.ofEntries(
                        Map.entry("gen_ai.operation.name", "invoke_agent"),
                        Map.entry("gen_ai.agent.name", "writer"),
                        Map.entry("gen_ai.usage.input_tokens", "812"),
                        Map.entry("gen_ai.usage.output_tokens", "64"),
                        Map.entry("millrace.status", "OK"),
                        Map.entry("millrace.answered_by", "writer"),
                        Map.entry("millrace.attempts", "2"),
                        Map.entry("millrace.cached", "false"),
                        Map.entry("millrace.cost_micros", "160"),
                        Map.entry("millrace.tenant", "acme"),
                        Map.entry("millrace.correlation_id", "c-1")));
    }

    @Test
    void ofAnErrorOnlyTheCodeIsTold() {
        AgentError error = new AgentError(AgentErrorCode.CONTENT_FILTERED, PLANTED);
        EndedSpan call =
                Spans.call(result(AgentResult.Status.FAILED, null, error, Usage.NONE), CALL, SpanContext.getInvalid());
        EndedSpan attempt = attempt("{'kind':'http'}", null, AgentOutcome.Status.RETRYABLE, error, AZURE);

        assertThat(call.failed()).isTrue();
        assertThat(attempt.failed()).isTrue();
        assertThat(attributes(call)).containsEntry("error.type", "content_filtered");
        assertThat(attributes(attempt)).containsEntry("error.type", "content_filtered");
        assertThat(call + " " + attempt).doesNotContain(PLANTED);
    }

    @Test
    void aCallWithoutAnAnswerThatIsNotAFailureHasAReason() {
        AgentError error = new AgentError(AgentErrorCode.UNREACHABLE, "");
        EndedSpan span =
                Spans.call(result(AgentResult.Status.SKIPPED, null, error, Usage.NONE), CALL, SpanContext.getInvalid());

        assertThat(span.failed()).isFalse();
        assertThat(attributes(span))
                .containsEntry("error.type", "unreachable")
                .doesNotContainKeys("millrace.answered_by", "gen_ai.usage.input_tokens");
    }

    @Test
    void anAttemptIsAChildOfItsCall() {
        EndedSpan span = attempt("{'kind':'llm'}", "gpt-4o-mini", AgentOutcome.Status.OK, null, AZURE);

        assertThat(span.context()).isEqualTo(ATTEMPT);
        assertThat(span.parent()).isEqualTo(CALL);
        assertThat(span.name()).isEqualTo("chat gpt-4o-mini");
        assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.startedAt()).isEqualTo(500);
        assertThat(span.endedAt()).isEqualTo(900);
        assertThat(attributes(span))
                .isEqualTo(Map.ofEntries(
                        Map.entry("gen_ai.operation.name", "chat"),
                        Map.entry("gen_ai.provider.name", "azure.ai.openai"),
                        Map.entry("gen_ai.request.model", "gpt-4o-mini"),
                        Map.entry("gen_ai.agent.name", "writer"),
                        Map.entry("gen_ai.usage.input_tokens", "3"),
                        Map.entry("gen_ai.usage.output_tokens", "4"),
                        Map.entry("millrace.status", "OK"),
                        Map.entry("millrace.attempt", "2"),
                        Map.entry("millrace.cost_micros", "7"),
                        Map.entry("millrace.tenant", "acme"),
                        Map.entry("millrace.correlation_id", "c-1")));
    }

    @Test
    void theNameOfAnAttemptSaysWhatIsAsked() {
        assertThat(name("{'kind':'http','url':'http://localhost/'}")).isEqualTo("invoke_agent writer");
        assertThat(name("{'kind':'nats'}")).isEqualTo("invoke_agent writer");
        assertThat(name("{'kind':'in-process'}")).isEqualTo("invoke_agent writer");
        assertThat(name("{'kind':'llm'}")).isEqualTo("chat house");
        assertThat(name("{'kind':'llm','deployment':'fast'}")).isEqualTo("chat fast");
        assertThat(name("{'kind':'llm','operation':'embeddings'}")).isEqualTo("embeddings house");
        assertThat(name("{'kind':'llm','temperature':7}")).isEqualTo("chat writer");
    }

    private static String name(String transport) {
        return attempt(transport, null, AgentOutcome.Status.OK, null, OPENAI).name();
    }

    private static Map<String, String> attributes(EndedSpan span) {
        Map<String, String> attributes = new TreeMap<>();
        span.attributes().forEach((key, value) -> attributes.put(key.getKey(), value.toString()));
        return attributes;
    }

    private static AgentResult result(AgentResult.Status status, String answeredBy, AgentError error, Usage usage) {
        return new AgentResult(
                UUID.fromString(KEY),
                1_000,
                "acme",
                "k-1",
                "writer",
                answeredBy,
                status,
                answeredBy == null ? null : "\"" + PLANTED + "\"",
                error,
                usage,
                160,
                2,
                false,
                3,
                412,
                520,
                "c-1",
                null);
    }

    private static EndedSpan attempt(
            String transport, String model, AgentOutcome.Status status, AgentError error, Llm service) {
        String json = transport.replace('\'', '"');
        String kind = json.replaceAll(".*\"kind\":\"([a-z-]+)\".*", "$1");
        AgentAttempt attempt = new AgentAttempt(
                KEY + "#2",
                KEY,
                "owner",
                "acme",
                "writer",
                "1",
                2,
                "\"" + PLANTED + "\"",
                PLANTED,
                new Transport(kind, json),
                model,
                1_000,
                10_000,
                Usage.NONE,
                0,
                Rate.UNLIMITED,
                Budget.UNLIMITED,
                450,
                "c-1",
                null);
        AgentOutcome outcome = new AgentOutcome(
                KEY + "#2",
                "owner",
                "acme",
                "writer",
                status,
                error == null ? "\"" + PLANTED + "\"" : null,
                error,
                0,
                new Usage(3, 4),
                7,
                500,
                900,
                50,
                "c-1",
                null);
        return Spans.attempt(attempt, outcome, Operation.of(attempt, service), ATTEMPT, CALL);
    }
}
