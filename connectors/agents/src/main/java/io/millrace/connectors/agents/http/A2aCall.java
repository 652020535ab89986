package io.millrace.connectors.agents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.Usage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A call of an agent that speaks the A2A protocol (0.3): {@code message/send} over JSON-RPC 2.0, and {@code tasks/get}
 * until the task that it became has ended. Should the call be made again, its message has the same id.
 */
final class A2aCall {
    private static final long FIRST_LOOK_MS = 250;
    private static final long LAST_LOOK_MS = 5_000;

    private final HttpTransport transport;
    private final HttpRequest.Builder request;
    private final URI url;
    private final AnswerFuture answer;

    A2aCall(HttpTransport transport, HttpRequest.Builder request, URI url, AnswerFuture answer) {
        this.transport = transport;
        this.request = request;
        this.url = url;
        this.answer = answer;
    }

    void begin(AgentAttempt attempt) {
        send(A2aMessages.send(attempt), FIRST_LOOK_MS);
    }

    /** @param lookAfter how long to wait before the task is looked at, if it has not ended */
    private void send(String body, long lookAfter) {
        transport.post(
                request, url, body, JsonReplies.maxEnvelopeBytes(), answer, reply -> takeReply(reply, lookAfter));
    }

    private void takeReply(HttpReply reply, long lookAfter) {
        if (!reply.whole()) {
            answer.complete(AgentAnswer.tooLarge().metered(JsonReplies.usage(reply)));
            return;
        }
        Usage usage = JsonReplies.usage(reply);
        JsonNode response;
        try {
            response = A2aMessages.JSON.readTree(reply.body());
        } catch (IOException e) {
            answer.complete(broken("the response is no JSON").metered(usage));
            return;
        }
        JsonNode result = response.path("result");
        if (response.has("error")) {
            answer.complete(
                    A2aMessages.error(response.path("error").path("code").asInt(), reply.retryAfterMs())
                            .with(usage));
        } else if (result.path("kind").asText().equals("message")) {
            answer.complete(A2aMessages.output(result.path("parts"), usage));
        } else if (result.path("status").isObject()) {
            takeTask((ObjectNode) result, usage, lookAfter);
        } else {
            answer.complete(
                    broken("the response holds neither a message nor a task").metered(usage));
        }
    }

    private void takeTask(ObjectNode task, Usage usage, long lookAfter) {
        String state = task.path("status").path("state").asText();
        switch (state) {
            case "completed" -> answer.complete(A2aMessages.output(A2aMessages.partsOf(task), usage));
            case "submitted", "working" -> look(task.path("id").asText(), lookAfter);
            case "auth-required" ->
                answer.complete(AgentAnswer.failed(AgentErrorCode.UNAUTHORIZED, "the agent asks for credentials"));
            case "input-required" ->
                answer.complete(AgentAnswer.failed(AgentErrorCode.AGENT_REJECTED, "the agent asks for more input")
                        .with(usage));
            case "rejected" ->
                answer.complete(AgentAnswer.failed(AgentErrorCode.AGENT_REJECTED, "the agent rejected the task")
                        .with(usage));
            case "canceled" ->
                answer.complete(AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, "the agent cancelled the task")
                        .with(usage));
            case "failed" ->
                answer.complete(AgentAnswer.retryable(AgentErrorCode.AGENT_FAILED, "the agent's task failed")
                        .with(usage));
            default -> answer.complete(broken("the task is in a state that the protocol does not have"));
        }
    }

    private void look(String task, long after) {
        Executor later = CompletableFuture.delayedExecutor(after, TimeUnit.MILLISECONDS);
        answer.then(
                CompletableFuture.runAsync(() -> {}, later),
                done -> send(A2aMessages.get(task), Math.min(2 * after, LAST_LOOK_MS)),
                failure -> answer.withoutReply(HttpCalls.failure(failure)));
    }

    private static AgentAnswer broken(String message) {
        return AgentAnswer.retryable(AgentErrorCode.OUTPUT_INVALID, message);
    }
}
