package io.millrace.connectors.agents.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import io.millrace.testing.Await;
import io.millrace.testing.llm.LlmReply;
import io.millrace.testing.llm.LlmRequest;
import io.millrace.testing.llm.LlmServer;
import io.millrace.testing.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LlmTransportITCase {
    private static final String CHAT = "{'kind':'llm','deployment':'gpt-4o'}";
    private static final String KEY = "azure-key-1";

    @TempDir
    private Path secrets;

    private LlmServer llm;
    private AgentTransports transports;

    @BeforeEach
    void start() throws IOException {
        llm = LlmServer.start();
        llm.requireKey(KEY);
        Files.writeString(secrets.resolve("llm-key"), KEY + "\n");
        transports = open(new Llm(llm.azureEndpoint() + "/", LlmApi.AZURE, null, LlmCredential.KEY, "llm-key", null));
    }

    @AfterEach
    void stop() {
        transports.close();
        llm.close();
    }

    private AgentTransports open(Llm service) {
        return AgentTransports.open(
                TransportSettings.DEFAULTS.secretsIn(secrets.toString()).with(service));
    }

    private AgentAnswer call(LlmReply reply) {
        llm.next(reply);
        return Attempts.answer(transports, Attempts.of(CHAT, "{\"text\":\"hello\"}"));
    }

    @Test
    void aChatIsAnsweredInJsonAndCounted() {
        AgentAnswer answer = call(LlmReply.answer("{\"summary\":\"x\"}", 812, 64));

        assertThat(answer).isEqualTo(new AgentAnswer(Status.OK, "{\"summary\":\"x\"}", null, 0, new Usage(812, 64)));
        LlmRequest request = llm.requests().get(0);
        assertThat(request.model()).isEqualTo("gpt-4o");
        assertThat(request.operation()).isEqualTo("chat/completions");
        assertThat(request.headers())
                .containsEntry("idempotency-key", Attempts.KEY)
                .containsEntry("x-ms-client-request-id", Attempts.KEY + "#1")
                .containsEntry("correlation-id", "correlation %C3%A9")
                .containsEntry("user-agent", "millrace")
                .containsEntry("api-key", KEY)
                .containsKey("millrace-deadline");
        assertThat(request.body().path("response_format").path("type").asText()).isEqualTo("json_object");
        assertThat(request.body().path("messages").path(0).path("content").asText())
                .isEqualTo("Answer with one JSON object and nothing else.");
        assertThat(request.lastMessage()).isEqualTo("{\"text\":\"hello\"}");
        assertThat(request.body().has("temperature")).isFalse();
    }

    @Test
    void theDefinitionSaysHowItIsAsked() {
        String settings =
                "{'kind':'llm','deployment':'gpt-4o','system':'Be brief.','temperature':0.25,'max_tokens':500}";

        AgentAnswer answer = Attempts.answer(transports, Attempts.of(settings, "\"a text\""));

        assertThat(answer.output()).isEqualTo("{\"answer\":\"a text\"}");
        JsonNode body = llm.requests().get(0).body();
        assertThat(body.path("messages").path(0).path("content").asText())
                .isEqualTo("Be brief.\nAnswer with one JSON object and nothing else.");
        assertThat(body.path("temperature").decimalValue()).isEqualByComparingTo("0.25");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(500);

        String reasoning = "{'kind':'llm','deployment':'o3','system':'JSON, please.','max_completion_tokens':9}";
        Attempts.answer(transports, Attempts.of(reasoning, "1"));
        body = llm.requests().get(1).body();
        assertThat(body.path("messages").path(0).path("content").asText()).isEqualTo("JSON, please.");
        assertThat(body.path("max_completion_tokens").asInt()).isEqualTo(9);
        assertThat(body.has("max_tokens")).isFalse();
    }

    @Test
    void theModelIsToldWhatWasWrong() {
        Attempts.answer(transports, Attempts.afterError(CHAT, "{}", "summary: missing"));

        JsonNode messages = llm.requests().get(0).body().path("messages");
        assertThat(messages).hasSize(3);
        assertThat(messages.path(2).path("role").asText()).isEqualTo("user");
        assertThat(messages.path(2).path("content").asText()).contains("summary: missing");
    }

    @Test
    void embeddingsAreNumbers() {
        String settings = "{'kind':'llm','deployment':'embed','operation':'embeddings'}";

        AgentAnswer two = Attempts.answer(transports, Attempts.of(settings, "[\"a\",\"b\"]"));
        AgentAnswer one = Attempts.answer(transports, Attempts.of(settings, "\"a\""));
        llm.next(LlmReply.embeddings(new float[] {0.5f, -1}));
        AgentAnswer plain = Attempts.answer(transports, Attempts.of(settings, "\"a\""));

        // "a" is 0x61, "b" is 0x62: nibbles as sixteenths.
        assertThat(one.output()).isEqualTo("{\"embeddings\":[[0.0625,0.375,0.0,0.0,0.0,0.0,0.0,0.0]]}");
        assertThat(two.output())
                .isEqualTo("{\"embeddings\":[[0.0625,0.375,0.0,0.0,0.0,0.0,0.0,0.0],"
                        + "[0.125,0.375,0.0,0.0,0.0,0.0,0.0,0.0]]}");
        assertThat(two.usage()).isEqualTo(new Usage(2, 0));
        assertThat(plain.output()).isEqualTo("{\"embeddings\":[[0.5,-1.0]]}");
        assertThat(llm.requests().get(0).operation()).isEqualTo("embeddings");
        assertThat(llm.requests().get(0).body().path("encoding_format").asText())
                .isEqualTo("base64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "[]", "[1]", "7", "[\"a\",null]"})
    void onlyTextsCanBeEmbedded(String input) {
        AgentAnswer answer = Attempts.answer(
                transports, Attempts.of("{'kind':'llm','deployment':'embed','operation':'embeddings'}", input));

        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
        assertThat(llm.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\":[]}",
                "{\"data\":[{\"embedding\":\"%%\"}]}",
                "{\"data\":[{\"index\":1,\"embedding\":[1]}]}"
            })
    void embeddingsThatCannotBeReadAreTriedAgain(String body) {
        llm.next(LlmReply.of(200, body));

        AgentAnswer answer = Attempts.answer(
                transports, Attempts.of("{'kind':'llm','deployment':'embed','operation':'embeddings'}", "\"a\""));

        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
    }

    /** A failure of the service, and what is made of it. */
    private enum Failure {
        UNAUTHORIZED(LlmReply.unauthorized(), Status.FAILED, AgentErrorCode.UNAUTHORIZED, "HTTP status 401, 401"),
        FORBIDDEN(LlmReply.error(403, "Forbidden", "x"), Status.FAILED, AgentErrorCode.UNAUTHORIZED, "HTTP status 403"),
        NOT_FOUND(
                LlmReply.noSuchDeployment(),
                Status.FAILED,
                AgentErrorCode.AGENT_REJECTED,
                "HTTP status 404, DeploymentNotFound"),
        TOO_LONG(
                LlmReply.error(400, "context_length_exceeded", "your text was: secret"),
                Status.FAILED,
                AgentErrorCode.AGENT_REJECTED,
                "HTTP status 400, context_length_exceeded"),
        STRANGE_CODE(
                LlmReply.error(400, "your text was: secret", "x"),
                Status.FAILED,
                AgentErrorCode.AGENT_REJECTED,
                "HTTP status 400"),
        RATE_LIMITED(
                LlmReply.rateLimited(Duration.ofMillis(1_500)),
                Status.RETRYABLE,
                AgentErrorCode.RATE_LIMITED,
                "HTTP status 429"),
        INTERNAL(LlmReply.serverError(500), Status.RETRYABLE, AgentErrorCode.AGENT_FAILED, "HTTP status 500"),
        UNAVAILABLE(LlmReply.serverError(503), Status.RETRYABLE, AgentErrorCode.AGENT_FAILED, "HTTP status 503"),
        BARE_ERROR(LlmReply.of(502, "<html>"), Status.RETRYABLE, AgentErrorCode.AGENT_FAILED, "HTTP status 502"),
        INPUT_FILTERED(
                LlmReply.inputFiltered(), Status.FAILED, AgentErrorCode.CONTENT_FILTERED, "the input was filtered"),
        ANSWER_FILTERED(
                LlmReply.answerFiltered(),
                Status.FAILED,
                AgentErrorCode.CONTENT_FILTERED,
                "the model's answer was filtered"),
        CUT_OFF(
                LlmReply.cutOff("{\"a\":", 5, 6),
                Status.FAILED,
                AgentErrorCode.OUTPUT_INVALID,
                "the answer was cut off at max_tokens"),
        CHATTER(LlmReply.chatter(), Status.RETRYABLE, AgentErrorCode.OUTPUT_INVALID, "the answer is no JSON (line 1"),
        MALFORMED(
                LlmReply.malformed(),
                Status.RETRYABLE,
                AgentErrorCode.OUTPUT_INVALID,
                "the service's response is no JSON"),
        EMPTY(
                LlmReply.of(200, "{}"),
                Status.RETRYABLE,
                AgentErrorCode.OUTPUT_INVALID,
                "the service's response holds no answer"),
        NOTHING(LlmReply.of(200, ""), Status.RETRYABLE, AgentErrorCode.OUTPUT_INVALID, "the service's response"),
        TRUNCATED(
                LlmReply.truncated(),
                Status.RETRYABLE,
                AgentErrorCode.UNREACHABLE,
                "the connection to the agent broke"),
        CLOSED(LlmReply.closed(), Status.RETRYABLE, AgentErrorCode.UNREACHABLE, "the connection to the agent broke"),
        TOO_LARGE(
                LlmReply.answer("\"" + "x".repeat(AgentOutcome.MAX_OUTPUT_BYTES) + "\"", 1, 1),
                Status.FAILED,
                AgentErrorCode.OUTPUT_TOO_LARGE,
                "the answer has more than"),
        ENDLESS(
                LlmReply.answer("x".repeat(20 * AgentOutcome.MAX_OUTPUT_BYTES), 1, 1),
                Status.FAILED,
                AgentErrorCode.OUTPUT_TOO_LARGE,
                "the answer has more than");

        private final LlmReply reply;
        private final Status status;
        private final AgentErrorCode code;
        private final String message;

        Failure(LlmReply reply, Status status, AgentErrorCode code, String message) {
            this.reply = reply;
            this.status = status;
            this.code = code;
            this.message = message;
        }
    }

    /** Those of which nobody knows what they took. */
    private static final Set<Failure> UNMETERED = EnumSet.of(
            Failure.MALFORMED, Failure.EMPTY, Failure.NOTHING, Failure.TRUNCATED, Failure.CLOSED, Failure.ENDLESS);

    @ParameterizedTest
    @EnumSource
    void aFailureIsAnAnswerAndNotTriedAgainHere(Failure failure) {
        AgentAnswer answer = call(failure.reply);

        assertThat(answer.status()).isEqualTo(failure.status);
        assertThat(answer.error().code()).isEqualTo(failure.code);
        assertThat(answer.error().message()).startsWith(failure.message).doesNotContain("secret");
        assertThat(answer.unmetered()).isEqualTo(UNMETERED.contains(failure));
        assertThat(llm.received()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":{\"code\":429,\"message\":\"secret\"}} | RETRYABLE | RATE_LIMITED | 429",
                "{\"error\":{\"code\":\"429\"}} | RETRYABLE | RATE_LIMITED | 429",
                "{\"error\":{\"code\":\"rate_limit_exceeded\"}} | RETRYABLE | RATE_LIMITED | rate_limit_exceeded",
                "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}} | RETRYABLE | AGENT_FAILED | overloaded_error",
                "{\"error\":{\"code\":null,\"type\":\"invalid_request_error\"}} | FAILED | AGENT_REJECTED | invalid_request_error",
                "{\"error\":{\"code\":401}} | FAILED | UNAUTHORIZED | 401",
                "{\"choices\":[{\"error\":{\"code\":502},\"message\":{\"content\":\"{}\"}}]} | RETRYABLE | AGENT_FAILED | 502",
            })
    void anErrorInAResponseThatIsOkIsThatError(String body, Status status, AgentErrorCode code, String told) {
        AgentAnswer answer = call(LlmReply.of(200, body).with("Retry-After", "3"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().code()).isEqualTo(code);
        assertThat(answer.error().message()).isEqualTo("the service's response is the error " + told);
        assertThat(answer.retryAfterMs()).isEqualTo(status == Status.RETRYABLE ? 3_000 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"secret\"}", "{\"error\":{\"code\":\"secret\"}}", "{\"error\":{}}"})
    void anErrorThatSaysNothingIsTriedAgain(String body) {
        AgentAnswer answer = call(LlmReply.of(200, body));

        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_FAILED);
        assertThat(answer.error().message()).isEqualTo("the service's response is an error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"```json\n{\"a\":1}\n```", "\n```\n{\"a\":1}```\n", "```JSON\r\n{\"a\":1}\r\n```"})
    void aBlockOfMarkdownAroundTheAnswerIsTakenOff(String content) {
        assertThat(call(LlmReply.answer(content, 1, 1)).output()).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"```json\n{\"a\":1}", "```python\n1\n```", "```", "```\n```", "``````", "```json {} ```"})
    void anythingElseAroundItIsNot(String content) {
        AgentAnswer answer = call(LlmReply.answer(content, 1, 1));

        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
    }

    @Test
    void anAnswerThatComesTooLateIsLostAndOneThatWasNotAskedForIsNot() {
        llm.next(LlmReply.answer("{}", 1, 1).after(Duration.ofMinutes(5)));
        AgentAnswer late = Attempts.answer(transports, Attempts.within(2_000, CHAT, "{}"));
        llm.close();
        AgentAnswer nobody = Attempts.answer(transports, Attempts.of(CHAT, "{}"));

        assertThat(late.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(late.unmetered()).isTrue();
        assertThat(nobody.error().message()).isEqualTo("no connection to the agent");
        assertThat(nobody.unmetered()).isFalse();
    }

    @Test
    void theServiceIsLeftAloneForAsLongAsItAsks() {
        assertThat(call(LlmReply.rateLimited(Duration.ofMillis(1_500))).retryAfterMs())
                .isEqualTo(1_500);
        assertThat(call(LlmReply.serverError(503).with("Retry-After", "3")).retryAfterMs())
                .isEqualTo(3_000);
    }

    @Test
    void aFailureMayHaveUsedTokens() {
        assertThat(call(LlmReply.cutOff("{\"a\":", 5, 6)).usage()).isEqualTo(new Usage(5, 6));
        assertThat(call(LlmReply.chatter()).usage()).isEqualTo(new Usage(12, 9));
    }

    @Test
    void aWrongKeyIsUnauthorized() {
        llm.requireKey("another");

        assertThat(Attempts.answer(transports, Attempts.of(CHAT, "{}")).error().code())
                .isEqualTo(AgentErrorCode.UNAUTHORIZED);
    }

    @Test
    void aServiceWithOpenAisApiIsAskedInItsForm() {
        try (AgentTransports openAi =
                open(new Llm(llm.openAiEndpoint(), LlmApi.OPENAI, "llama", LlmCredential.KEY, "llm-key", null))) {
            AgentAnswer chat = Attempts.answer(openAi, Attempts.of("{'kind':'llm'}", "\"hello\""));
            AgentAnswer embedding = Attempts.answer(
                    openAi, Attempts.of("{'kind':'llm','deployment':'embed','operation':'embeddings'}", "\"a\""));

            assertThat(chat.output()).isEqualTo("{\"answer\":\"hello\"}");
            assertThat(embedding.status()).isEqualTo(Status.OK);
            assertThat(llm.requests()).extracting(LlmRequest::model).containsExactly("llama", "embed");
            assertThat(llm.requests().get(0).headers()).containsEntry("authorization", "Bearer " + KEY);
        }
    }

    @Test
    void whatIsNotConfiguredIsSaid() {
        try (AgentTransports none = AgentTransports.open(TransportSettings.DEFAULTS)) {
            assertThat(none.reaches("llm")).isFalse();
            assertThat(Attempts.answer(none, Attempts.of(CHAT, "1")).error().message())
                    .isEqualTo("the job's configuration names no LLM service");
        }
        assertThat(transports.reaches("llm")).isTrue();
        assertThat(Attempts.answer(transports, Attempts.of("{'kind':'llm'}", "1"))
                        .error()
                        .message())
                .startsWith("transport.deployment: missing");
    }

    @Test
    void aServiceThatIsNotThereIsTriedAgain() {
        String endpoint = "http://localhost:" + FreePort.find();
        try (AgentTransports nobody = open(new Llm(endpoint, LlmApi.AZURE, "gpt", LlmCredential.NONE, null, null))) {
            AgentAnswer answer = Attempts.answer(nobody, Attempts.of("{'kind':'llm'}", "1"));

            assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
        }
    }

    @Test
    void aCancelledCallFreesItsConnection() {
        llm.next(LlmReply.of(200, "x".repeat(4_000_000)).after(Duration.ofMillis(500)));
        CompletableFuture<AgentAnswer> call = transports.call(Attempts.of(CHAT, "{}"));
        Await.until("the model to be asked", () -> llm.inProgress() == 1);

        call.cancel(true);

        Await.until("the service to find its client gone", () -> llm.gone() == 1);
    }

    @Test
    void aThousandCallsAreUnderWayAtOnceAndTakeFewThreads() {
        Attempts.answer(transports, Attempts.of(CHAT, "{}"));
        llm.hold();
        int threadsBefore = Thread.activeCount();
        List<CompletableFuture<AgentAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(transports.call(Attempts.under("key-" + i, CHAT, "\"" + i + "\"")));
        }
        Await.until("the model to be asked by all", () -> llm.inProgress() == 1_000);
        int threadsMeanwhile = Thread.activeCount();

        llm.letGo();

        for (int i = 0; i < 1_000; i++) {
            assertThat(Attempts.await(calls.get(i)).output()).isEqualTo("{\"answer\":\"" + i + "\"}");
        }
        assertThat(threadsMeanwhile - threadsBefore).isLessThan(10);
        assertThat(llm.requestsByKey()).hasSize(1_001).allSatisfy((key, count) -> assertThat(count)
                .isEqualTo(1));
    }
}
