package io.millrace.local.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Shows a record as one line of JSON. A value that is JSON stands there as it was written; anything else becomes a JSON
 * string, in which bytes that are no UTF-8 are written {@code \xNN}. What a terminal would obey is escaped.
 */
final class RecordJson {

    private static final JsonFactory JSON = IsolatedJson.factory().build();

    private RecordJson() {}

    static String value(byte[] value) {
        if (value == null) {
            return "null";
        }
        return isJson(value) ? VisibleText.of(oneLine(new String(value, StandardCharsets.UTF_8))) : string(value);
    }

    /** With what surrounds the value: its position, time, key and headers on request. */
    static String envelope(ConsumerRecord<byte[], byte[]> record, boolean keys, boolean headers) {
        StringBuilder out = new StringBuilder(256);
        out.append("{\"partition\":").append(record.partition());
        out.append(",\"offset\":").append(record.offset());
        out.append(",\"timestamp\":\"")
                .append(Instant.ofEpochMilli(record.timestamp()))
                .append('"');
        if (keys) {
            out.append(",\"key\":").append(string(record.key()));
        }
        if (headers) {
            out.append(",\"headers\":{");
            // Of several headers with one name the last one counts, as for Kafka's lastHeader.
            Map<String, byte[]> last = new LinkedHashMap<>();
            record.headers().forEach(header -> last.put(header.key(), header.value()));
            String separator = "";
            for (Map.Entry<String, byte[]> header : last.entrySet()) {
                out.append(separator)
                        .append(string(header.getKey().getBytes(StandardCharsets.UTF_8)))
                        .append(':')
                        .append(string(header.getValue()));
                separator = ",";
            }
            out.append('}');
        }
        return out.append(",\"value\":")
                .append(value(record.value()))
                .append('}')
                .toString();
    }

    /** A JSON string of text, or of bytes that may not be text; {@code null} for null. */
    static String string(byte[] bytes) {
        if (bytes == null) {
            return "null";
        }
        return "\"" + VisibleText.of(new String(JsonStringEncoder.getInstance().quoteAsString(text(bytes)))) + "\"";
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            StringBuilder escaped = new StringBuilder();
            for (byte b : bytes) {
                if (b >= 0) {
                    escaped.append((char) b);
                } else {
                    escaped.append("\\x%02x".formatted(b & 0xFF));
                }
            }
            return escaped.toString();
        }
    }

    private static boolean isJson(byte[] value) {
        try (JsonParser parser = JSON.createParser(new String(value, StandardCharsets.UTF_8))) {
            if (parser.nextToken() == null) {
                return false;
            }
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Line breaks and tabs stand only between the tokens of JSON, where a space means the same. */
    private static String oneLine(String json) {
        return json.strip()
                .replace("\r\n", " ")
                .replace('\n', ' ')
                .replace('\r', ' ')
                .replace('\t', ' ');
    }
}
