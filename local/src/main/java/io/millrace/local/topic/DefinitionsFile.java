package io.millrace.local.topic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonProblems;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Definitions as somebody wrote them down: JSON objects one after the other, one a line or laid out, each the whole event or
 * only the fields of what it defines, to which the envelope is added. What they define has a name, which is the key of the
 * record.
 *
 * @param definitions those that are right
 * @param problems what is wrong with others: {@code NAME:LINE: message (code)}
 * @param ignored fields that no such definition has, misspelt ones perhaps: {@code NAME:LINE: field}
 */
public record DefinitionsFile<T>(List<Written<T>> definitions, List<String> problems, List<String> ignored) {
    private static final List<String> ENVELOPE =
            List.of("schema_version", "event_id", "event_type", "occurred_at", "tenant", "correlation_id");
    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature())
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** @param value the event as it is to be published */
    public record Written<T>(String name, T definition, byte[] value) {}

    /**
     * What is defined.
     *
     * @param type of the events
     * @param topic to which they go
     * @param article of {@code noun}, which is what people call it
     */
    public record Kind<T>(String type, String topic, String article, String noun, Reader<T> reader) {
        /** Such as "an objective". */
        public String one() {
            return article + ' ' + noun;
        }
    }

    /** Reads a definition as the job does. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(SourceRecord source) throws RejectedEventException;
    }

    /** @param name what messages call the text */
    public static <T> DefinitionsFile<T> read(Kind<T> kind, String name, String text) {
        Reading<T> reading = new Reading<>(kind, name);
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int line = parser.currentTokenLocation().getLineNr();
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                reading.take(line, text.substring(from, (int)
                        parser.currentLocation().getCharOffset()));
            }
        } catch (JsonProcessingException e) {
            // What comes after is not found.
            reading.problems.add(name + ":" + JsonProblems.located(e) + " (" + ErrorCode.NOT_JSON.wireName() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("a text is always readable", e);
        }
        return new DefinitionsFile<>(
                List.copyOf(reading.definitions), List.copyOf(reading.problems), List.copyOf(reading.ignored));
    }

    /** What was read so far. */
    private static final class Reading<T> {
        private final Kind<T> kind;
        private final String name;
        private final JsonNode schema;
        private final List<Written<T>> definitions = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final List<String> ignored = new ArrayList<>();
        private final Map<String, Integer> lineOf = new HashMap<>();

        private Reading(Kind<T> kind, String name) {
            this.kind = kind;
            this.name = name;
            this.schema = schema(kind.type());
        }

        /** @param line of the file in which the part begins, from 1 */
        private void take(int line, String part) {
            try {
                JsonNode node = JSON.readTree(part);
                if (!(node instanceof ObjectNode event)) {
                    problems.add(name + ":" + line + ": not an object with the fields of " + kind.one() + " ("
                            + ErrorCode.NOT_JSON.wireName() + ")");
                    return;
                }
                FieldLines lines = new FieldLines(JSON.createParser(part));
                for (String field : unknown(event, schema, "")) {
                    if (!ENVELOPE.contains(field)) {
                        ignored.add(name + ":" + (line - 1 + lines.of(field)) + ": " + field);
                    }
                }
                complete(event);
                take(event, line, lines);
            } catch (JsonProcessingException e) {
                problems.add(name + ":" + line + ": " + JsonProblems.inWords(e.getOriginalMessage()) + " ("
                        + ErrorCode.NOT_JSON.wireName() + ")");
            } catch (IOException e) {
                throw new UncheckedIOException("a text is always readable", e);
            }
        }

        private void take(ObjectNode event, int line, FieldLines lines) {
            byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
            String defined = event.path("name").asText();
            byte[] key = defined.getBytes(StandardCharsets.UTF_8);
            try {
                T definition = kind.reader().read(new SourceRecord(kind.topic(), 0, 0, 0, key, value, List.of()));
                Integer before = lineOf.put(defined, line);
                if (before != null) {
                    throw new RejectedEventException(
                            ErrorCode.INVALID_VALUE, "name: is that of the " + kind.noun() + " in line " + before);
                }
                definitions.add(new Written<>(defined, definition, value));
            } catch (RejectedEventException e) {
                // The reader's places are those of the event on one line; here it is the file's that help.
                String message = e.messageWithoutPlace();
                String field = message.substring(0, Math.max(0, message.indexOf(':')));
                problems.add(name + ":" + (line - 1 + lines.of(field)) + ": " + message + " ("
                        + e.code().wireName() + ")");
            }
        }

        private void complete(ObjectNode event) {
            if (!event.hasNonNull("schema_version")) {
                event.put("schema_version", 1);
            }
            putIfMissing(event, "event_id", UUID.randomUUID().toString());
            putIfMissing(event, "event_type", kind.type());
            putIfMissing(event, "occurred_at", Instant.now().toString());
        }
    }

    private static void putIfMissing(ObjectNode event, String field, String value) {
        if (!event.hasNonNull(field)) {
            event.put(field, value);
        }
    }

    /** The fields that the JSON Schema does not list, as {@link FieldLines} names them. */
    private static List<String> unknown(JsonNode value, JsonNode schema, String path) {
        List<String> unknown = new ArrayList<>();
        JsonNode known = schema.path("properties");
        if (value.isObject() && known.isObject()) {
            value.properties().forEach(field -> {
                String place = path.isEmpty() ? field.getKey() : path + '.' + field.getKey();
                if (known.has(field.getKey())) {
                    unknown.addAll(unknown(field.getValue(), known.get(field.getKey()), place));
                } else {
                    unknown.add(place);
                }
            });
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            unknown.addAll(unknown(value.get(i), schema.path("items"), path + '[' + i + ']'));
        }
        return unknown;
    }

    private static JsonNode schema(String type) {
        String file = "/schemas/" + type + ".v1.json";
        try (InputStream in = DefinitionsFile.class.getResourceAsStream(file)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }
}
