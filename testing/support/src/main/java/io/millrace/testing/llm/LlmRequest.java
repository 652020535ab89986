package io.millrace.testing.llm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server was asked.
 *
 * @param model the deployment's name, or the model's
 * @param operation {@code chat/completions} or {@code embeddings}
 * @param number of the request, from 1
 * @param headers by their names in small letters; of several the first
 * @param body a missing node when it is no JSON
 */
public record LlmRequest(String model, String operation, int number, Map<String, String> headers, JsonNode body) {
    public LlmRequest {
        headers = new TreeMap<>(headers);
    }

    /** Null when there is none. */
    public String idempotencyKey() {
        return headers.get("idempotency-key");
    }

    /** What the user said last; empty when nothing. */
    public String lastMessage() {
        JsonNode messages = body.path("messages");
        return messages.path(messages.size() - 1).path("content").asText();
    }
}
