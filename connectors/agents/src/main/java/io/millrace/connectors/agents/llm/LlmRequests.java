package io.millrace.connectors.agents.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.agent.AgentAttempt;
import java.util.Locale;

/** The bodies of requests, as the API of chat completions and embeddings wants them. */
final class LlmRequests {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The service refuses to answer in JSON when no message speaks of it. */
    private static final String ASK_FOR_JSON = "Answer with one JSON object and nothing else.";

    private LlmRequests() {}

    /** The input, a text as it is and anything else as JSON, is the user's message. */
    static String chat(AgentAttempt attempt, LlmAgent agent) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode messages = body.putArray("messages");
        message(messages, "system", system(agent));
        JsonNode input = read(attempt.input());
        message(messages, "user", input.isTextual() ? input.textValue() : attempt.input());
        if (attempt.previousError() != null) {
            message(
                    messages,
                    "user",
                    "Your answer before was not accepted: " + attempt.previousError()
                            + ". Answer again, without that.");
        }
        body.putObject("response_format").put("type", "json_object");
        if (agent.temperature() != null) {
            body.put("temperature", agent.temperature());
        }
        if (agent.maxTokens() > 0) {
            body.put("max_tokens", agent.maxTokens());
        }
        if (agent.maxCompletionTokens() > 0) {
            body.put("max_completion_tokens", agent.maxCompletionTokens());
        }
        return body.toString();
    }

    private static String system(LlmAgent agent) {
        if (agent.system() == null) {
            return ASK_FOR_JSON;
        }
        boolean asksForJson = agent.system().toUpperCase(Locale.ROOT).contains("JSON");
        return asksForJson ? agent.system() : agent.system() + "\n" + ASK_FOR_JSON;
    }

    private static void message(ArrayNode messages, String role, String content) {
        messages.addObject().put("role", role).put("content", content);
    }

    /** Null when the input is neither a text nor a list of texts. */
    static String embeddings(AgentAttempt attempt) {
        JsonNode input = read(attempt.input());
        ObjectNode body = JSON.createObjectNode();
        ArrayNode texts = body.putArray("input");
        if (input.isTextual()) {
            texts.add(input);
            return body.toString();
        }
        for (JsonNode text : input) {
            if (!text.isTextual()) {
                return null;
            }
            texts.add(text);
        }
        return input.isArray() && !texts.isEmpty() ? body.toString() : null;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the input of an attempt is JSON", e);
        }
    }
}
