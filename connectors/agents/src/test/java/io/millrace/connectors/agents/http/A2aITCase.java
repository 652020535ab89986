package io.millrace.connectors.agents.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentServer;
import io.millrace.connectors.agents.AgentServer.Response;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.Attempts;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as in the examples of the A2A specification, 0.3. */
class A2aITCase {
    private AgentServer agent;
    private AgentTransports transports;

    @BeforeEach
    void start() {
        agent = new AgentServer();
        transports = AgentTransports.open(Attempts.HERE);
    }

    @AfterEach
    void stop() {
        transports.close();
        agent.close();
    }

    private AgentAnswer call(String input) {
        return Attempts.answer(transports, Attempts.afterError(settings(), input, null));
    }

    private String settings() {
        return "{'kind':'http','protocol':'a2a','url':'" + agent.url() + "'}";
    }

    private void answerResult(String result) {
        agent.answer(Response.of(200, "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":" + result + "}"));
    }

    private JsonNode sent(int request) {
        try {
            return new ObjectMapper().readTree(agent.requests().get(request).body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anObjectIsSentAsDataAndAnsweredAsData() {
        answerResult("{\"kind\":\"message\",\"role\":\"agent\",\"messageId\":\"m\",\"parts\":["
                + "{\"kind\":\"text\",\"text\":\"Here it is\"},{\"kind\":\"data\",\"data\":{\"sum\":1.10}}]}");

        AgentAnswer answer = call("{\"a\":[1,2.50]}");

        assertThat(answer.output()).isEqualTo("{\"sum\":1.10}");
        JsonNode sent = sent(0);
        assertThat(sent.path("jsonrpc").asText()).isEqualTo("2.0");
        assertThat(sent.path("method").asText()).isEqualTo("message/send");
        JsonNode message = sent.path("params").path("message");
        assertThat(message.path("messageId").asText()).isEqualTo(Attempts.KEY);
        assertThat(message.path("role").asText()).isEqualTo("user");
        assertThat(message.path("parts")).hasToString("[{\"kind\":\"data\",\"data\":{\"a\":[1,2.5]}}]");
        assertThat(agent.lastRequest().body()).contains("{\"a\":[1,2.50]}");
    }

    @Test
    void aTextIsSentAsTextAndAnsweredAsText() {
        answerResult(
                "{\"kind\":\"message\",\"parts\":[{\"kind\":\"text\",\"text\":\"It \"},{\"kind\":\"text\",\"text\":\"rains.\"}]}");

        AgentAnswer answer = call("\"the weather?\"");

        assertThat(answer.output()).isEqualTo("\"It rains.\"");
        assertThat(sent(0).path("params").path("message").path("parts"))
                .hasToString("[{\"kind\":\"text\",\"text\":\"the weather?\"}]");
    }

    @Test
    void aTextThatIsAJsonObjectIsTakenAsThat() {
        answerResult("{\"kind\":\"message\",\"parts\":[{\"kind\":\"text\",\"text\":\"{\\\"summary\\\":\\\"x\\\"}\"}]}");

        assertThat(call("[1]").output()).isEqualTo("{\"summary\":\"x\"}");
        assertThat(sent(0).path("params")
                        .path("message")
                        .path("parts")
                        .path(0)
                        .path("text")
                        .asText())
                .isEqualTo("[1]");
    }

    @Test
    void theAgentIsToldWhatWasWrong() {
        answerResult("{\"kind\":\"message\",\"parts\":[{\"kind\":\"data\",\"data\":{}}]}");

        Attempts.answer(transports, Attempts.afterError(settings(), "{}", "summary: missing"));

        assertThat(sent(0).path("params")
                        .path("message")
                        .path("parts")
                        .path(1)
                        .path("text")
                        .asText())
                .contains("summary: missing");
    }

    @Test
    void aTaskIsLookedAtUntilItHasEnded() {
        AtomicInteger looks = new AtomicInteger();
        List<String> states = List.of("submitted", "working");
        agent.answer(request -> {
            int look = looks.getAndIncrement();
            String status = look < states.size() ? states.get(look) : "completed";
            return Response.of(
                    200,
                    "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"kind\":\"task\",\"id\":\"t-1\",\"status\":{\"state\":\""
                            + status
                            + "\"},\"artifacts\":[{\"artifactId\":\"a\",\"parts\":[{\"kind\":\"data\",\"data\":{\"done\":true}}]}]}}");
        });

        AgentAnswer answer = call("{}");

        assertThat(answer.output()).isEqualTo("{\"done\":true}");
        assertThat(agent.requests()).hasSize(3);
        assertThat(sent(1).path("method").asText()).isEqualTo("tasks/get");
        assertThat(sent(2).path("params").path("id").asText()).isEqualTo("t-1");
    }

    @Test
    void aTaskMayAnswerInItsLastMessage() {
        answerResult(
                "{\"kind\":\"task\",\"id\":\"t\",\"status\":{\"state\":\"completed\",\"message\":{\"kind\":\"message\","
                        + "\"parts\":[{\"kind\":\"text\",\"text\":\"done\"}]}}}");

        assertThat(call("{}").output()).isEqualTo("\"done\"");
    }

    @ParameterizedTest
    @CsvSource({
        "failed, RETRYABLE, AGENT_FAILED",
        "canceled, FAILED, AGENT_FAILED",
        "rejected, FAILED, AGENT_REJECTED",
        "input-required, FAILED, AGENT_REJECTED",
        "auth-required, FAILED, UNAUTHORIZED",
        "dancing, RETRYABLE, OUTPUT_INVALID",
    })
    void aTaskThatEndsOtherwise(String state, Status status, AgentErrorCode code) {
        answerResult("{\"kind\":\"task\",\"id\":\"t\",\"status\":{\"state\":\"" + state + "\"}}");

        AgentAnswer answer = call("{}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "429, RETRYABLE, RATE_LIMITED",
        "503, RETRYABLE, AGENT_FAILED",
        "401, FAILED, UNAUTHORIZED",
        "-32603, RETRYABLE, AGENT_FAILED",
        "-32602, FAILED, AGENT_REJECTED",
        "-32601, FAILED, AGENT_REJECTED"
    })
    void anErrorOfJsonRpc(int code, Status status, AgentErrorCode expected) {
        agent.answer(Response.of(
                200, "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"error\":{\"code\":" + code + ",\"message\":\"secret\"}}"));

        AgentAnswer answer = call("{}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().code()).isEqualTo(expected);
        assertThat(answer.error().message()).isEqualTo("JSON-RPC error " + code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello",
                "{}",
                "{\"result\":{\"kind\":\"message\",\"parts\":[{\"kind\":\"file\"}]}}",
                "{\"result\":7}"
            })
    void aResponseThatIsNotOfTheProtocolIsTriedAgain(String body) {
        agent.answer(Response.of(200, body));

        AgentAnswer answer = call("{}");

        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
    }

    @Test
    void statusesCountAsWithoutTheProtocol() {
        agent.answer(Response.of(503, "").with("Retry-After", "2"));

        assertThat(call("{}").retryAfterMs()).isEqualTo(2_000);
    }
}
