package io.millrace.connectors.agents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.millrace.schema.wire.CanonicalJson;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.RejectedEventException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * One JSON value as text, or what is wrong with it. What passes here can stand in an {@code agent.outcome}, and be read
 * from it.
 *
 * @param text null when something is wrong
 * @param problem null when nothing is; says where, and nothing of what is there
 */
record JsonText(String text, String problem) {
    /** In an outcome the value is one level deeper, and 32 are accepted there. */
    private static final int MAX_DEPTH = 31;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final JsonFactory FACTORY = IsolatedJson.factory()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    static JsonText of(byte[] utf8) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            return wrong("the answer is not UTF-8");
        }
        return of(text);
    }

    /** Bytes would not do: what has no UTF-8 form, half of a surrogate pair, would have become a question mark. */
    static JsonText of(String text) {
        // Some servers write one; RFC 8259 §8.1 allows to ignore it.
        return read((text.startsWith(String.valueOf(BYTE_ORDER_MARK)) ? text.substring(1) : text).strip());
    }

    private static JsonText read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return wrong("the answer is empty");
            }
            skipValue(parser);
            JsonLocation end = parser.currentLocation();
            if (!isAtEnd(parser)) {
                return wrong("the answer is no JSON: there is more after the value" + place(end));
            }
            // By the rules for inputs: what one call is answered with another may be asked with.
            CanonicalJson.of("the answer", text);
            return new JsonText(text, null);
        } catch (RejectedEventException e) {
            return wrong(e.getMessage());
        } catch (JsonProcessingException e) {
            return wrong("the answer is no JSON" + place(e.getLocation()));
        } catch (IOException e) {
            return wrong("the answer is no JSON");
        }
    }

    /** Reads all tokens to the end of the value: numbers and texts are checked only when they are read. */
    private static void skipValue(JsonParser parser) throws IOException {
        int depth = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            parser.finishToken();
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
            if (token == null) {
                throw new IOException("the value is not complete");
            }
        }
    }

    private static boolean isAtEnd(JsonParser parser) throws IOException {
        try {
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static JsonText wrong(String problem) {
        return new JsonText(null, problem);
    }

    private static String place(JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
