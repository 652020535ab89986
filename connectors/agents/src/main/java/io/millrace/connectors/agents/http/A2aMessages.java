package io.millrace.connectors.agents.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.StatusAnswers;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.IsolatedJson;

/** The messages of the A2A protocol (0.3), as far as a call needs them. */
final class A2aMessages {
    private static final int MAX_DEPTH = 64;
    private static final int INTERNAL_ERROR = -32603;
    private static final int FIRST_STATUS = 400;
    private static final int LAST_STATUS = 599;

    /** Numbers keep all their digits. */
    static final ObjectMapper JSON = JsonMapper.builder(IsolatedJson.factory()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private A2aMessages() {}

    /** {@code message/send}: an object as a data part, anything else as a text part. */
    static String send(AgentAttempt attempt) {
        ObjectNode request = request("message/send", attempt.attemptId());
        ObjectNode message = request.putObject("params").putObject("message");
        message.put("kind", "message").put("role", "user").put("messageId", attempt.idempotencyKey());
        ArrayNode parts = message.putArray("parts");
        JsonNode input = parse(attempt.input());
        if (input.isObject()) {
            parts.addObject().put("kind", "data").set("data", input);
        } else {
            parts.addObject().put("kind", "text").put("text", input.isTextual() ? input.textValue() : input.toString());
        }
        if (attempt.previousError() != null) {
            parts.addObject()
                    .put("kind", "text")
                    .put("text", "The answer before was not valid: " + attempt.previousError());
        }
        ObjectNode configuration = ((ObjectNode) request.get("params")).putObject("configuration");
        configuration.put("blocking", true);
        configuration.putArray("acceptedOutputModes").add("application/json").add("text/plain");
        return request.toString();
    }

    /** {@code tasks/get}. */
    static String get(String task) {
        ObjectNode request = request("tasks/get", task);
        request.putObject("params").put("id", task);
        return request.toString();
    }

    private static ObjectNode request(String method, String id) {
        return JSON.createObjectNode().put("jsonrpc", "2.0").put("id", id).put("method", method);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the input of an attempt is JSON", e);
        }
    }

    /** The parts of what a task has made: those of its artifacts, or else of its last message. */
    static JsonNode partsOf(ObjectNode task) {
        ArrayNode parts = JSON.createArrayNode();
        for (JsonNode artifact : task.path("artifacts")) {
            artifact.path("parts").forEach(parts::add);
        }
        return parts.isEmpty() ? task.path("status").path("message").path("parts") : parts;
    }

    /** The first data part; without one, the texts: the JSON object that they are, or else a JSON string. */
    static AgentAnswer output(JsonNode parts, Usage usage) {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        for (JsonNode part : parts) {
            if (part.path("kind").asText().equals("data")) {
                return AgentAnswer.ofJson(part.path("data").toString(), usage);
            }
            if (part.path("kind").asText().equals("text")) {
                text.append(part.path("text").asText());
                any = true;
            }
        }
        return any
                ? AgentAnswer.ofJson(asJson(text.toString()), usage)
                : AgentAnswer.retryable(
                                AgentErrorCode.OUTPUT_INVALID, "the answer has neither a data part nor a text part")
                        .metered(usage);
    }

    private static String asJson(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            if (value != null && value.isObject()) {
                return text;
            }
        } catch (JsonProcessingException e) {
            // It is a text, then.
        }
        return JSON.getNodeFactory().textNode(text).toString();
    }

    /**
     * The answer that an error of JSON-RPC is; its message is the agent's own, and is not told. Some agents have status
     * codes of HTTP for codes.
     *
     * @param retryAfterMs how long the agent asks to be left alone; 0 when it does not say
     */
    static AgentAnswer error(int code, long retryAfterMs) {
        String message = "JSON-RPC error " + code;
        if (code == INTERNAL_ERROR) {
            return AgentAnswer.retryable(AgentErrorCode.AGENT_FAILED, message);
        }
        if (code >= FIRST_STATUS && code <= LAST_STATUS) {
            return StatusAnswers.of(code, retryAfterMs, message);
        }
        return AgentAnswer.failed(AgentErrorCode.AGENT_REJECTED, message);
    }
}
