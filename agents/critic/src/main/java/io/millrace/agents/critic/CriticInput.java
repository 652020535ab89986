package io.millrace.agents.critic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.wire.IsolatedJson;
import java.util.ArrayList;
import java.util.List;

/**
 * What the critic is asked.
 *
 * @param texts several for {@code retrieved}, else one
 * @param language null when it is not known
 * @param supportedBy what an answer may rely on; null when the caller did not say
 * @param saidBefore what the customer and the conversation said, tokens and figures of which an answer may repeat
 */
record CriticInput(
        Direction direction, List<String> texts, String language, List<String> supportedBy, List<String> saidBefore) {
    static final ObjectMapper JSON = new ObjectMapper(IsolatedJson.factory().build());
    private static final int MAX_TEXTS = 50;
    private static final int MAX_CHARACTERS = 50_000;

    /** From whom the text is. */
    enum Direction {
        IN,
        RETRIEVED,
        OUT
    }

    /** @throws AgentFailure naming the field that is wrong */
    static CriticInput read(String json) throws AgentFailure, JsonProcessingException {
        JsonNode input = JSON.readTree(json);
        Direction direction =
                switch (input.path("direction").asText("")) {
                    case "in" -> Direction.IN;
                    case "retrieved" -> Direction.RETRIEVED;
                    case "out" -> Direction.OUT;
                    default -> throw rejected("direction: must be in, retrieved or out");
                };
        List<String> texts = texts(input, "texts");
        if (input.hasNonNull("text")) {
            texts.add(0, text(input.path("text"), "text"));
        }
        if (texts.isEmpty() && direction != Direction.RETRIEVED) {
            throw rejected("text: must be a string");
        }
        List<String> before = texts(input, "history");
        if (input.hasNonNull("customer_text")) {
            before.add(text(input.path("customer_text"), "customer_text"));
        }
        String language = input.hasNonNull("language") ? text(input.path("language"), "language") : null;
        List<String> support = input.hasNonNull("supported_by") ? texts(input, "supported_by") : null;
        return new CriticInput(direction, List.copyOf(texts), language, support, List.copyOf(before));
    }

    private static List<String> texts(JsonNode input, String field) throws AgentFailure {
        List<String> texts = new ArrayList<>();
        JsonNode values = input.path(field);
        if (values.isMissingNode() || values.isNull()) {
            return texts;
        }
        if (!values.isArray() || values.size() > MAX_TEXTS) {
            throw rejected(field + ": must be an array of at most " + MAX_TEXTS + " texts");
        }
        for (JsonNode value : values) {
            texts.add(text(value.isObject() ? value.path("text") : value, field));
        }
        return texts;
    }

    private static String text(JsonNode value, String field) throws AgentFailure {
        if (!value.isTextual() || value.textValue().length() > MAX_CHARACTERS) {
            throw rejected(field + ": must be a string of at most " + MAX_CHARACTERS + " characters");
        }
        return value.textValue();
    }

    private static AgentFailure rejected(String message) {
        return AgentFailure.failed(AgentErrorCode.AGENT_REJECTED, message);
    }
}
