package io.millrace.agents.language;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.wire.IsolatedJson;
import java.util.ArrayList;
import java.util.List;

/** The JSON object that an agent is asked with. */
record Input(JsonNode json) {
    static final ObjectMapper JSON = new ObjectMapper(IsolatedJson.factory().build());
    private static final int MAX_CHARACTERS = 100_000;
    private static final int MAX_TEXTS = 100;

    static Input read(String json) throws AgentFailure, JsonProcessingException {
        JsonNode node = JSON.readTree(json);
        if (!node.isObject()) {
            throw rejected("the input must be an object");
        }
        return new Input(node);
    }

    /** @throws AgentFailure naming the field that is wrong */
    String text(String field) throws AgentFailure {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw rejected(field + ": must be a string");
        }
        return bounded(field, value.textValue());
    }

    /** Null for none. */
    String optional(String field) throws AgentFailure {
        return json.path(field).isMissingNode() || json.path(field).isNull() ? null : text(field);
    }

    /** Strings, or objects with a string {@code text}; none for no such field. */
    List<String> texts(String field) throws AgentFailure {
        List<String> texts = new ArrayList<>();
        JsonNode values = json.path(field);
        if (!values.isMissingNode() && !values.isNull() && !values.isArray() || values.size() > MAX_TEXTS) {
            throw rejected(field + ": must be an array of at most " + MAX_TEXTS + " texts");
        }
        for (JsonNode value : values) {
            JsonNode text = value.isObject() ? value.path("text") : value;
            if (!text.isTextual()) {
                throw rejected(field + ": must have texts only");
            }
            texts.add(bounded(field, text.textValue()));
        }
        return texts;
    }

    private static String bounded(String field, String text) throws AgentFailure {
        if (text.length() > MAX_CHARACTERS) {
            throw rejected(field + ": must have at most " + MAX_CHARACTERS + " characters");
        }
        return text;
    }

    private static AgentFailure rejected(String message) {
        return AgentFailure.failed(AgentErrorCode.AGENT_REJECTED, message);
    }
}
