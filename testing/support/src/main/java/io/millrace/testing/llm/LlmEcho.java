package io.millrace.testing.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Locale;

/** What the server answers when the test does not say: a function of the request. Four characters count as a token. */
final class LlmEcho {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DIMENSIONS = 8;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private LlmEcho() {}

    static LlmReply answer(LlmRequest request) {
        return request.operation().equals("embeddings") ? embeddings(request) : chat(request);
    }

    /** {@code {"answer":"what the user said last"}}. */
    private static LlmReply chat(LlmRequest request) {
        JsonNode messages = request.body().path("messages");
        boolean json =
                request.body().path("response_format").path("type").asText().equals("json_object");
        if (json && !messages.toString().toLowerCase(Locale.ROOT).contains("json")) {
            return LlmReply.error(
                    400,
                    "invalid_request_error",
                    "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
                            + " 'json_object'.");
        }
        String content =
                JSON.createObjectNode().put("answer", request.lastMessage()).toString();
        return LlmReply.answer(content, tokens(messages.toString()), tokens(content));
    }

    private static int tokens(String text) {
        return (text.length() + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    /** A vector for each text, in base64 when that is asked for. */
    private static LlmReply embeddings(LlmRequest request) {
        boolean base64 = request.body().path("encoding_format").asText().equals("base64");
        ObjectNode body = JSON.createObjectNode().put("object", "list");
        ArrayNode data = body.putArray("data");
        int tokens = 0;
        for (JsonNode text : request.body().path("input")) {
            ObjectNode embedding = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            float[] vector = vector(text.asText());
            if (base64) {
                embedding.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = embedding.putArray("embedding");
                for (float value : vector) {
                    numbers.add(value);
                }
            }
            tokens += tokens(text.asText());
        }
        LlmReply.usage(body, tokens, 0);
        return LlmReply.of(200, body.toString());
    }

    /** The same text always has the same vector; it means nothing. */
    static float[] vector(String text) {
        float[] vector = new float[DIMENSIONS];
        int hash = text.hashCode();
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (hash >> i * 4 & 0xf) / 16f;
        }
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
