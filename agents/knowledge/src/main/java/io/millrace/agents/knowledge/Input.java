package io.millrace.agents.knowledge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.connectors.agents.java.AgentFailure;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.wire.IsolatedJson;
import java.util.ArrayList;
import java.util.List;

/** What an agent is asked with; whoever made it wrong is told which field. */
final class Input {
    static final ObjectMapper JSON = new ObjectMapper(IsolatedJson.factory().build());

    private static final int MOST_HITS = 20;

    private final JsonNode object;

    private Input(JsonNode object) {
        this.object = object;
    }

    static Input of(String json) throws AgentFailure {
        try {
            JsonNode input = JSON.readTree(json);
            if (!input.isObject()) {
                throw wrong("input", "must be an object");
            }
            return new Input(input);
        } catch (JsonProcessingException e) {
            throw wrong("input", "must be JSON");
        }
    }

    static AgentFailure wrong(String field, String problem) {
        return AgentFailure.failed(AgentErrorCode.AGENT_REJECTED, field + ": " + problem);
    }

    /** Cut after so many characters. */
    String text(String field, int most) throws AgentFailure {
        String text = optional(field, most);
        if (text == null) {
            throw wrong(field, "missing");
        }
        return text;
    }

    /** Null when it is absent. */
    String optional(String field, int most) throws AgentFailure {
        return text(object, "", field, most);
    }

    private static String text(JsonNode object, String path, String field, int most) throws AgentFailure {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(path + field, "must be a string");
        }
        return cut(value.textValue(), most);
    }

    /** Between characters. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    int number(String field, int otherwise, int least, int most) throws AgentFailure {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw wrong(field, "must be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    /** Empty when they are absent; of too many the first. */
    List<Hit> hits() throws AgentFailure {
        JsonNode array = array("hits");
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < Math.min(array.size(), MOST_HITS); i++) {
            String path = "hits[" + i + "].";
            JsonNode hit = array.get(i);
            String text = text(hit, path, "text", 10_000);
            String id = text(hit, path, "document_id", 200);
            if (text == null || id == null) {
                throw wrong(path + (text == null ? "text" : "document_id"), "missing");
            }
            String title = text(hit, path, "title", 500);
            String language = text(hit, path, "language", 20);
            hits.add(new Hit(
                    id,
                    title == null ? id : title,
                    text(hit, path, "section", 500),
                    text,
                    language == null ? "en" : language,
                    hit.path("score").asDouble(0),
                    text(hit, path, "url", 2_000)));
        }
        return hits;
    }

    /**
     * Something that was said before.
     *
     * @param from customer, assistant or person
     */
    record Said(String from, String text) {}

    /** Empty when it is absent; of a long one the end. */
    List<Said> history(int most) throws AgentFailure {
        JsonNode array = array("history");
        List<Said> history = new ArrayList<>();
        for (int i = Math.max(0, array.size() - most); i < array.size(); i++) {
            String path = "history[" + i + "].";
            String text = text(array.get(i), path, "text", 4_000);
            if (text != null) {
                String from = text(array.get(i), path, "from", 20);
                history.add(new Said(from == null ? "customer" : from, text));
            }
        }
        return history;
    }

    private JsonNode array(String field) throws AgentFailure {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return JSON.createArrayNode();
        }
        if (!value.isArray()) {
            throw wrong(field, "must be an array");
        }
        return value;
    }
}
