package io.millrace.expressions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Values as JSON text, and back. */
final class JsonText {
    private static final int EXCERPT = 11;
    private static final int MAX_NUMBER = 1_000;
    private static final ObjectReader READER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Meter.MAX_NESTING)
                            .maxNumberLength(MAX_NUMBER)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .reader();

    private final StringBuilder text = new StringBuilder();
    private final Meter meter;

    private JsonText(Meter meter) {
        this.meter = meter;
    }

    /** Compact, keys in their order. */
    static String of(JsonNode value, Meter meter) {
        JsonText json = new JsonText(meter);
        json.append(value, 0);
        return json.text.toString();
    }

    /** What {@code tostring} makes: a text itself, other values as JSON. */
    static String plain(JsonNode value, Meter meter) {
        return value.isTextual() ? value.textValue() : of(value, meter);
    }

    /** @throws Raised when it is not one JSON value */
    static JsonNode read(String json, Meter meter) {
        meter.text(json.length());
        // A value's nodes take more than its text.
        meter.array(json.length());
        try {
            JsonNode value = READER.readTree(json);
            if (value.isMissingNode()) {
                throw new Raised("Expected a JSON value (while parsing '')");
            }
            return value;
        } catch (JsonProcessingException e) {
            // Where the library says where, it says too much.
            String problem =
                    e.getOriginalMessage().replaceAll("\\s+", " ").replaceAll(" ?\\((start marker|for ).*", "");
            throw new Raised(problem + " (while parsing '" + shorten(json) + "')");
        }
    }

    /** For a message: a few characters of its text. */
    static String excerpt(JsonNode value) {
        if (value.isContainerNode() && !value.isEmpty()) {
            return value.isArray() ? "[" + value.size() + " items]" : "{" + value.size() + " fields}";
        }
        if (value.isTextual()) {
            return shorten('"'
                    + value.textValue()
                            .substring(0, Math.min(EXCERPT, value.textValue().length()))
                    + '"');
        }
        return value.isNumber() ? Numbers.text(value) : value.toString();
    }

    private static String shorten(String text) {
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT - 1) + "...";
    }

    private void append(JsonNode value, int depth) {
        Meter.nesting(depth);
        meter.step();
        switch (value.getNodeType()) {
            case STRING -> quote(value.textValue());
            case NUMBER -> add(Numbers.text(value));
            case ARRAY -> {
                char separator = '[';
                for (JsonNode item : value) {
                    text.append(separator);
                    append(item, depth + 1);
                    separator = ',';
                }
                add(separator == '[' ? "[]" : "]");
            }
            case OBJECT -> {
                char separator = '{';
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    text.append(separator);
                    quote(field.getKey());
                    text.append(':');
                    append(field.getValue(), depth + 1);
                    separator = ',';
                }
                add(separator == '{' ? "{}" : "}");
            }
            default -> add(value.asText());
        }
    }

    private void add(String part) {
        meter.made(part.length());
        text.append(part);
    }

    private void quote(String part) {
        meter.made(part.length() + 2L);
        text.append('"');
        JsonStringEncoder.getInstance().quoteAsString(part, text);
        text.append('"');
    }
}
