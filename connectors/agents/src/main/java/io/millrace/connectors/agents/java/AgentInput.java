package io.millrace.connectors.agents.java;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.wire.IsolatedJson;
import java.util.ArrayList;
import java.util.List;

/** The JSON object that an agent is asked with; whoever made it wrong is told which field. */
public final class AgentInput {
    /** Reads what strangers wrote. */
    public static final ObjectMapper JSON =
            new ObjectMapper(IsolatedJson.factory().build());

    private final JsonNode object;
    /** Stands before the names of fields in messages. */
    private final String path;

    private AgentInput(JsonNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** @throws AgentFailure when it is no JSON object */
    public static AgentInput of(String json) throws AgentFailure {
        try {
            JsonNode input = JSON.readTree(json);
            if (!input.isObject()) {
                throw wrong("input", "must be an object");
            }
            return new AgentInput(input, "");
        } catch (JsonProcessingException e) {
            throw wrong("input", "must be JSON");
        }
    }

    /** What whoever asked is told. */
    public static AgentFailure wrong(String field, String problem) {
        return AgentFailure.failed(AgentErrorCode.AGENT_REJECTED, field + ": " + problem);
    }

    /** @throws AgentFailure when it is absent, no text, or longer than that many characters */
    public String text(String field, int most) throws AgentFailure {
        return present(field, optional(field, most));
    }

    /** Null when it is absent. */
    public String optional(String field, int most) throws AgentFailure {
        return whole(path + field, textOf(field), most);
    }

    /** Of a long text that many characters. */
    public String beginning(String field, int most) throws AgentFailure {
        return present(field, optionalBeginning(field, most));
    }

    /** Null when it is absent. */
    public String optionalBeginning(String field, int most) throws AgentFailure {
        String text = textOf(field);
        return text == null ? null : cut(text, most);
    }

    private String present(String field, String text) throws AgentFailure {
        if (text == null) {
            throw wrong(path + field, "missing");
        }
        return text;
    }

    private String textOf(String field) throws AgentFailure {
        JsonNode value = valueOf(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(path + field, "must be a string");
        }
        return value.textValue();
    }

    private static String whole(String field, String text, int most) throws AgentFailure {
        if (text != null && text.length() > most) {
            throw wrong(field, "must have at most " + most + " characters");
        }
        return text;
    }

    /** The beginning of a text, without half of a character. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** @param otherwise when it is absent */
    public int number(String field, int otherwise, int least, int most) throws AgentFailure {
        JsonNode value = valueOf(field);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw wrong(path + field, "must be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    /** 0 when it is no number. */
    public double fraction(String field) {
        return object.path(field).asDouble(0);
    }

    public boolean has(String field) {
        return valueOf(field) != null;
    }

    /** Texts, or objects with a field {@code text}; none when they are absent. */
    public List<String> texts(String field, int count, int most) throws AgentFailure {
        JsonNode array = array(field);
        if (array.size() > count) {
            throw wrong(path + field, "must be an array of at most " + count + " texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            JsonNode text = element.isObject() ? element.path("text") : element;
            if (!text.isTextual()) {
                throw wrong(path + field, "must have texts only");
            }
            texts.add(whole(path + field, text.textValue(), most));
        }
        return texts;
    }

    /** None when they are absent. */
    public List<AgentInput> objects(String field) throws AgentFailure {
        JsonNode array = array(field);
        List<AgentInput> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            objects.add(new AgentInput(array.get(i), path + field + "[" + i + "]."));
        }
        return objects;
    }

    private JsonNode array(String field) throws AgentFailure {
        JsonNode value = valueOf(field);
        if (value == null) {
            return JSON.createArrayNode();
        }
        if (!value.isArray()) {
            throw wrong(path + field, "must be an array");
        }
        return value;
    }

    /** All of it. */
    public JsonNode json() {
        return object;
    }

    private JsonNode valueOf(String field) {
        JsonNode value = object.path(field);
        return value.isMissingNode() || value.isNull() ? null : value;
    }
}
