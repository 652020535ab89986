package io.millrace.logic.workflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.schema.wire.IsolatedJson;
import java.util.Map;

/** Reads, writes and measures the values of a run. */
final class Json {
    static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private static final int MAX_DEPTH = 200;
    private static final ObjectMapper JSON = new JsonMapper(IsolatedJson.factory()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());

    private static final int NUMBER_BYTES = 8;

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
     * About how many bytes a value has as JSON.
     *
     * @throws StepFailure when it is nested deeper than {@code depth}
     */
    static long size(JsonNode node, int depth) throws StepFailure {
        if (depth < 0) {
            throw StepFailure.of(ErrorKind.RUNTIME, "a value is nested too deeply");
        }
        if (node.isTextual()) {
            return node.textValue().length() + 2L;
        }
        if (node.isMissingNode() || node.isPojo() || node.isBinary()) {
            throw StepFailure.of(ErrorKind.EXPRESSION, "a value that JSON has not");
        }
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            throw StepFailure.of(ErrorKind.EXPRESSION, "a number that JSON has not: " + node.doubleValue());
        }
        if (!node.isContainerNode()) {
            return node.getNodeType() == JsonNodeType.NUMBER && node.isBigInteger()
                    ? node.bigIntegerValue().bitLength() / 3L + 1
                    : NUMBER_BYTES;
        }
        long sum = 2;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                sum += field.getKey().length() + 4L + size(field.getValue(), depth - 1);
            }
        } else {
            for (JsonNode element : node) {
                sum += 1 + size(element, depth - 1);
            }
        }
        return sum;
    }
}
