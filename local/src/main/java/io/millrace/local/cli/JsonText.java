package io.millrace.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.schema.wire.VisibleText;
import java.util.stream.Collectors;

/** JSON with line breaks, for people: as {@link VisibleText}. */
final class JsonText {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));

    private JsonText() {}

    /** What cannot be read stays as it stands. */
    static String pretty(String json) {
        return layOut(json).lines().map(VisibleText::of).collect(Collectors.joining("\n"));
    }

    private static String layOut(String json) {
        try {
            return JSON.readTree(json).toPrettyString();
        } catch (JsonProcessingException e) {
            return json;
        }
    }
}
