package io.millrace.gateway.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.JsonProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON of strangers, and our own. */
public final class Json {
    private static final int MAX_DEPTH = 32;
    /** A tree takes many times the room of its text: a body of empty objects more than of anything else. */
    private static final int MAX_TOKENS = 100_000;

    /** Of what was sent: nothing twice, nothing after it, numbers as they were written. */
    static final ObjectMapper STRICT = JsonMapper.builder(IsolatedJson.factory()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private Json() {}

    /**
     * Reads what somebody sent.
     *
     * @throws ProblemException when it is no JSON in UTF-8
     */
    public static JsonNode read(byte[] body) throws ProblemException {
        try {
            return STRICT.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            throw ProblemException.of(400, "not_utf8", "the body is not UTF-8");
        } catch (JacksonException e) {
            throw ProblemException.of(400, "not_json", "the body: " + JsonProblems.inWords(e.getOriginalMessage()));
        }
    }

    /** Reads what we wrote ourselves. */
    public static JsonNode own(byte[] written) {
        try {
            return PLAIN.readTree(written);
        } catch (IOException e) {
            throw new UncheckedIOException("what was written here is no JSON", e);
        }
    }

    public static ObjectNode object() {
        return PLAIN.createObjectNode();
    }

    public static ObjectMapper mapper() {
        return PLAIN;
    }
}
