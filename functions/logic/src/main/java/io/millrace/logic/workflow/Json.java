package io.millrace.logic.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.schema.wire.IsolatedJson;
import java.util.Map;

/** Reads, writes and measures the values of a run. */
final class Json {
    static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private static final int MAX_DEPTH = 200;
    /** Readers of JSON take no longer ones. */
    private static final int MAX_NAME = 50_000;

    private static final ObjectMapper JSON = new JsonMapper(IsolatedJson.factory()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());

    /** Bytes of a control character. */
    private static final int ESCAPED = 6;

    private Json() {}

    /**
     * @param text null is taken for {@code null}
     * @throws StepFailure when it is not JSON
     */
    static JsonNode read(String text) throws StepFailure {
        if (text == null) {
            return NullNode.instance;
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node.isMissingNode() ? NullNode.instance : node;
        } catch (JsonProcessingException e) {
            throw StepFailure.of(ErrorKind.VALIDATION, "not JSON: " + e.getOriginalMessage());
        }
    }

    static String write(JsonNode node) {
        return node.toString();
    }

    /**
     * How many bytes a value has at most as JSON in UTF-8.
     *
     * @param depth how many objects and lists may stand in each other
     * @throws StepFailure when there are more, or it has no form that all readers of JSON take
     */
    static long size(JsonNode node, int depth) throws StepFailure {
        if (node.isTextual()) {
            return size(node.textValue());
        }
        if (!node.isContainerNode()) {
            return plainSize(node);
        }
        if (depth == 0) {
            throw StepFailure.of(ErrorKind.RUNTIME, "a value is nested too deeply");
        }
        long sum = 2;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (field.getKey().length() > MAX_NAME) {
                    throw StepFailure.of(ErrorKind.RUNTIME, "a name of more than " + MAX_NAME + " characters");
                }
                sum += size(field.getKey()) + 2 + size(field.getValue(), depth - 1);
            }
        } else {
            for (JsonNode element : node) {
                sum += 1 + size(element, depth - 1);
            }
        }
        return sum;
    }

    private static long plainSize(JsonNode node) throws StepFailure {
        if (node.isMissingNode() || node.isPojo() || node.isBinary()) {
            throw StepFailure.of(ErrorKind.EXPRESSION, "a value that JSON has not");
        }
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            throw StepFailure.of(ErrorKind.EXPRESSION, "a number that JSON has not: " + node.doubleValue());
        }
        return node.asText().length();
    }

    private static long size(String text) throws StepFailure {
        long sum = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ') {
                sum += ESCAPED;
            } else if (c == '"' || c == '\\') {
                sum += 2;
            } else if (c < 0x80) {
                sum++;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                sum += 4;
                i++;
            } else if (Character.isSurrogate(c)) {
                throw StepFailure.of(
                        ErrorKind.EXPRESSION, "a text with half of a surrogate pair, which is no character");
            } else {
                sum += c < 0x800 ? 2 : 3;
            }
        }
        return sum;
    }
}
