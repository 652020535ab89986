package io.millrace.auditor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schema.wire.IsolatedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the value of a record that must be one JSON object; never throws for what is in it. */
final class ValueParser {
    private static final int DEEPEST = 32;

    private final ObjectMapper mapper = new ObjectMapper(IsolatedJson.factory()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private final int largest;

    /** @param largest value that is accepted, in bytes */
    ValueParser(int largest) {
        this.largest = largest;
    }

    /** Null when it is bad. */
    JsonNode json(byte[] value, Verdict verdict) {
        if (value == null || value.length == 0) {
            verdict.bad("no value");
            return null;
        }
        if (value.length > largest) {
            verdict.bad("larger than " + largest / 1024 + " KiB");
            return null;
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            verdict.bad("not UTF-8");
            return null;
        }
        try (JsonParser parser = mapper.createParser(text)) {
            return read(parser, verdict);
        } catch (IOException e) {
            verdict.bad("not JSON");
            return null;
        }
    }

    private static JsonNode read(JsonParser parser, Verdict verdict) throws IOException {
        JsonNode json;
        try {
            json = parser.readValueAsTree();
        } catch (StreamConstraintsException e) {
            verdict.bad("beyond what a JSON reader takes");
            return null;
        }
        if (json == null || !json.isObject() || parser.nextToken() != null) {
            verdict.bad("not one JSON object");
            return null;
        }
        int depth = depth(json);
        if (depth > DEEPEST + 1) {
            verdict.bad("nested too deeply");
        } else if (depth >= DEEPEST) {
            verdict.either("nested as deeply as allowed, or one more");
        }
        return json;
    }

    private static int depth(JsonNode json) {
        int deepest = 0;
        for (JsonNode child : json) {
            deepest = Math.max(deepest, depth(child));
        }
        return json.isContainerNode() ? deepest + 1 : 0;
    }
}
