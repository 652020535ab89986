package io.millrace.local.slo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.topic.FieldLines;
import io.millrace.logic.slo.ScopedObjective;
import io.millrace.schema.slo.SloDefined;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonProblems;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
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
 * Objectives as somebody wrote them down: JSON objects one after the other, one a line or laid out, each the whole
 * event or only the fields of the objective, to which the envelope is added.
 *
 * @param objectives those that are right
 * @param problems what is wrong with others: {@code NAME:LINE: message (code)}
 * @param ignored fields that no objective has, misspelt ones perhaps: {@code NAME:LINE: field}
 */
public record ObjectiveFile(List<Written> objectives, List<String> problems, List<String> ignored) {
    private static final List<String> ENVELOPE =
            List.of("schema_version", "event_id", "event_type", "occurred_at", "tenant", "correlation_id");
    private static final String TYPE = "slo.defined";
    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature())
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** @param value the event as it is to be published */
    public record Written(SloDefined objective, byte[] value) {}

    /** @param name what messages call the text */
    public static ObjectiveFile read(String name, String text) {
        Reading reading = new Reading(name);
        for (Part part : parts(name, text, reading)) {
            reading.take(part);
        }
        return new ObjectiveFile(reading.objectives, reading.problems, reading.ignored);
    }

    /** @param line of the file in which it begins, from 1 */
    private record Part(int line, String text) {}

    /** The objects of a text, up to the first that is no JSON. */
    private static List<Part> parts(String name, String text, Reading reading) {
        List<Part> parts = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int line = parser.currentTokenLocation().getLineNr();
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parts.add(new Part(line, text.substring(from, (int)
                        parser.currentLocation().getCharOffset())));
            }
        } catch (JsonProcessingException e) {
            reading.problems.add(name + ":" + JsonProblems.located(e) + " (" + ErrorCode.NOT_JSON.wireName() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("a text is always readable", e);
        }
        return parts;
    }

    /** What was read so far. */
    private static final class Reading {
        private final String name;
        private final List<Written> objectives = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final List<String> ignored = new ArrayList<>();
        private final Map<String, Integer> lineOf = new HashMap<>();

        private Reading(String name) {
            this.name = name;
        }

        private void take(Part part) {
            try {
                JsonNode node = JSON.readTree(part.text);
                if (!(node instanceof ObjectNode event)) {
                    problems.add(name + ":" + part.line + ": not an object with the fields of an objective ("
                            + ErrorCode.NOT_JSON.wireName() + ")");
                    return;
                }
                FieldLines lines = new FieldLines(JSON.createParser(part.text));
                event.fieldNames().forEachRemaining(field -> {
                    if (!ENVELOPE.contains(field) && !KnownFields.OF_OBJECTIVES.has(field)) {
                        ignored.add(name + ":" + (part.line - 1 + lines.of(field)) + ": " + field);
                    }
                });
                complete(event);
                take(event, part.line, lines);
            } catch (JsonProcessingException e) {
                problems.add(name + ":" + part.line + ": " + JsonProblems.inWords(e.getOriginalMessage()) + " ("
                        + ErrorCode.NOT_JSON.wireName() + ")");
            } catch (IOException e) {
                throw new UncheckedIOException("a text is always readable", e);
            }
        }

        private void take(ObjectNode event, int line, FieldLines lines) {
            byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
            byte[] key = event.path("name").asText().getBytes(StandardCharsets.UTF_8);
            try {
                SloDefined defined =
                        SloDefined.read(new SourceRecord(Topics.SLO_DEFINITIONS, 0, 0, 0, key, value, List.of()));
                ScopedObjective.of(defined);
                Integer before = lineOf.put(defined.name(), line);
                if (before != null) {
                    throw new RejectedEventException(
                            ErrorCode.INVALID_VALUE, "name: is that of the objective in line " + before);
                }
                objectives.add(new Written(defined, value));
            } catch (RejectedEventException e) {
                // The reader's places are those of the event on one line; here it is the file's that help.
                String message = e.messageWithoutPlace();
                String field = message.substring(0, Math.max(0, message.indexOf(':')));
                problems.add(name + ":" + (line - 1 + lines.of(field)) + ": " + message + " ("
                        + e.code().wireName() + ")");
            }
        }
    }

    private static void complete(ObjectNode event) {
        if (!event.hasNonNull("schema_version")) {
            event.put("schema_version", 1);
        }
        if (!event.hasNonNull("event_id")) {
            event.put("event_id", UUID.randomUUID().toString());
        }
        if (!event.hasNonNull("event_type")) {
            event.put("event_type", TYPE);
        }
        if (!event.hasNonNull("occurred_at")) {
            event.put("occurred_at", Instant.now().toString());
        }
    }

    /** The fields of an objective as its JSON Schema lists them, read once. */
    private static final class KnownFields {
        private static final JsonNode OF_OBJECTIVES = read();

        private static JsonNode read() {
            try (InputStream in = ObjectiveFile.class.getResourceAsStream("/schemas/" + TYPE + ".v1.json")) {
                return JSON.readTree(in).at("/properties");
            } catch (IOException e) {
                throw new UncheckedIOException("the JSON Schema of objectives cannot be read", e);
            }
        }
    }
}
