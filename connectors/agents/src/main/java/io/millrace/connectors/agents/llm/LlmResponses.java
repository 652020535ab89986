package io.millrace.connectors.agents.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.http.HttpReply;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.Usage;
import io.millrace.schema.wire.IsolatedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;

/** What the bodies of responses with a status of 2xx say. */
final class LlmResponses {
    private static final ObjectMapper JSON =
            new ObjectMapper(IsolatedJson.factory().build());
    private static final String FENCE = "```";

    private LlmResponses() {}

    /** @param retryAfterMs how long the service asks to be left alone; 0 when it does not say */
    static AgentAnswer answer(byte[] body, LlmAgent.Operation operation, long retryAfterMs) {
        JsonNode response;
        try {
            response = JSON.readTree(body);
        } catch (IOException e) {
            return invalid("the service's response is no JSON").metered(null);
        }
        AgentAnswer error = LlmErrors.in(response, retryAfterMs);
        if (error != null) {
            return error.with(usage(response));
        }
        AgentAnswer answer =
                switch (operation) {
                    case CHAT -> chat(response.path("choices").path(0));
                    case EMBEDDINGS -> embeddings(response.path("data"));
                };
        return answer.metered(usage(response));
    }

    /** Null when it is not there; there is no {@code completion_tokens} for embeddings. */
    private static Usage usage(JsonNode response) {
        JsonNode used = response.path("usage");
        return used.path("prompt_tokens").isNumber()
                ? new Usage(
                        used.path("prompt_tokens").asLong(),
                        used.path("completion_tokens").asLong(0))
                : null;
    }

    private static AgentAnswer chat(JsonNode choice) {
        JsonNode message = choice.path("message");
        String end = choice.path("finish_reason").asText();
        if (end.equals("content_filter") || message.path("refusal").isTextual()) {
            return AgentAnswer.failed(AgentErrorCode.CONTENT_FILTERED, "the model's answer was filtered");
        }
        if (end.equals("length")) {
            // Nor would the next one have an end.
            return AgentAnswer.failed(AgentErrorCode.OUTPUT_INVALID, "the answer was cut off at max_tokens");
        }
        JsonNode content = message.path("content");
        return content.isTextual()
                ? AgentAnswer.ofJson(unfenced(content.textValue()), Usage.NONE)
                : invalid("the service's response holds no answer");
    }

    /**
     * Models like to put what they answer into a block of Markdown: three backticks, {@code json}, and three more at
     * the end.
     */
    private static String unfenced(String text) {
        String block = text.strip();
        int firstLine = block.indexOf('\n');
        if (!block.startsWith(FENCE) || !block.endsWith(FENCE) || firstLine < 0) {
            return text;
        }
        String language = block.substring(FENCE.length(), firstLine).strip();
        return firstLine < block.length() - FENCE.length() && (language.isEmpty() || language.equalsIgnoreCase("json"))
                ? block.substring(firstLine, block.length() - FENCE.length())
                : text;
    }

    private static AgentAnswer embeddings(JsonNode data) {
        ObjectNode output = JSON.createObjectNode();
        ArrayNode vectors = output.putArray("embeddings");
        for (int i = 0; i < data.size(); i++) {
            JsonNode vector = data.path(i).path("embedding");
            if (data.path(i).path("index").asInt(i) != i) {
                return invalid("the service's response holds embeddings in another order");
            }
            if (vector.isArray()) {
                vectors.add(vector);
            } else if (!decode(vector.asText(), vectors.addArray())) {
                return invalid("the service's response holds an embedding that cannot be read");
            }
        }
        return vectors.isEmpty()
                ? invalid("the service's response holds no embedding")
                : AgentAnswer.ofJson(output.toString(), Usage.NONE);
    }

    /** The client asks for base64 of little-endian floats, for they are a quarter as long. */
    private static boolean decode(String base64, ArrayNode into) {
        try {
            FloatBuffer floats = ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            while (floats.hasRemaining()) {
                into.add(floats.get());
            }
            return !into.isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The answer that a status other than 2xx is. Of what the body says only the code is told. */
    static AgentAnswer refusal(HttpReply reply) {
        String code = errorCode(reply.body());
        return code.equals("content_filter")
                ? AgentAnswer.failed(AgentErrorCode.CONTENT_FILTERED, "the input was filtered")
                : reply.refusal(code.isEmpty() ? "" : ", " + code);
    }

    private static String errorCode(byte[] body) {
        try {
            JsonNode code = JSON.readTree(body).path("error").path("code");
            return code.isTextual() && code.textValue().matches("[A-Za-z0-9_.-]{1,64}") ? code.textValue() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static AgentAnswer invalid(String message) {
        return AgentAnswer.retryable(AgentErrorCode.OUTPUT_INVALID, message);
    }
}
