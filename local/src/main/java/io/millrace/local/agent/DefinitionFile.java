package io.millrace.local.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.millrace.local.topic.FieldLines;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryEvent.Kind;
import io.millrace.schema.agent.AgentRegistryReader;
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
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The definition of an agent as somebody wrote it down, in JSON or YAML: the whole event, or only the fields of the
 * definition, to which the envelope is added.
 *
 * @param event what it says
 * @param value the event as it is to be published
 * @param ignored names of fields at its top that no definition has: misspelt ones, perhaps
 */
public record DefinitionFile(AgentRegistryEvent event, byte[] value, List<String> ignored) {

    private static final Set<String> ENVELOPE =
            Set.of("schema_version", "event_id", "event_type", "occurred_at", "tenant", "correlation_id");
    private static final ObjectMapper JSON = mapper(new JsonFactory());
    private static final ObjectMapper YAML = mapper(new YAMLFactory());

    /**
     * Reads a definition.
     *
     * @param name what messages call the text
     * @throws AgentException when the job would refuse it; the message says field and line
     */
    public static DefinitionFile read(String name, byte[] text) {
        ObjectMapper mapper = isJson(text) ? JSON : YAML;
        ObjectNode event = object(name, text, mapper);
        complete(event);
        byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
        byte[] key = event.path("agent").asText().getBytes(StandardCharsets.UTF_8);
        try {
            AgentRegistryEvent read = AgentRegistryReader.read(
                    new SourceRecord(Topics.AGENT_REGISTRY, 0, 0, System.currentTimeMillis(), key, value, List.of()));
            if (read.kind() != Kind.REGISTERED) {
                throw new AgentException(name + ":" + line(text, mapper, "event_type") + ": event_type: must be "
                        + Kind.REGISTERED.wireName() + ", is " + read.kind().wireName());
            }
            return new DefinitionFile(read, value, ignored(event));
        } catch (RejectedEventException e) {
            throw new AgentException(located(name, text, mapper, e), e);
        }
    }

    private static ObjectNode object(String name, byte[] text, ObjectMapper mapper) {
        try {
            JsonNode read = mapper.readTree(text);
            if (read instanceof ObjectNode object) {
                return object;
            }
            throw new AgentException(name + ":1: not an object with the fields of a definition");
        } catch (JsonProcessingException e) {
            throw new AgentException(
                    name + ":" + JsonProblems.located(e) + " (" + ErrorCode.NOT_JSON.wireName() + ")", e);
        } catch (IOException e) {
            throw new AgentException(name + ": " + e.getMessage(), e);
        }
    }

    /** The reader's places are those of the event on one line; here it is the file's that help. */
    private static String located(String name, byte[] text, ObjectMapper mapper, RejectedEventException rejection) {
        String message = rejection.messageWithoutPlace();
        String field = message.substring(0, Math.max(0, message.indexOf(':')));
        return name + ":" + line(text, mapper, field) + ": " + message + " ("
                + rejection.code().wireName() + ")";
    }

    private static int line(byte[] text, ObjectMapper mapper, String field) {
        try (JsonParser parser = mapper.createParser(text)) {
            return new FieldLines(parser).of(field);
        } catch (IOException e) {
            throw new UncheckedIOException("what was read once cannot be read again", e);
        }
    }

    private static List<String> ignored(ObjectNode event) {
        List<String> names = new ArrayList<>();
        event.fieldNames().forEachRemaining(names::add);
        names.removeIf(field -> ENVELOPE.contains(field) || KnownFields.OF_DEFINITIONS.has(field));
        return List.copyOf(names);
    }

    private static void complete(ObjectNode event) {
        if (!event.hasNonNull("schema_version")) {
            event.put("schema_version", AgentRegistryEvent.SCHEMA_VERSION);
        }
        if (!event.hasNonNull("event_id")) {
            event.put("event_id", UUID.randomUUID().toString());
        }
        if (!event.hasNonNull("event_type")) {
            event.put("event_type", Kind.REGISTERED.wireName());
        }
        if (!event.hasNonNull("occurred_at")) {
            event.put("occurred_at", Instant.now().toString());
        }
    }

    /** Whether the first character that is no blank opens an object of JSON. */
    private static boolean isJson(byte[] text) {
        return new String(text, StandardCharsets.UTF_8).stripLeading().startsWith("{");
    }

    private static ObjectMapper mapper(JsonFactory factory) {
        return new ObjectMapper(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** The fields of a definition as its JSON Schema lists them, read once and only when somebody registers. */
    private static final class KnownFields {
        private static final JsonNode OF_DEFINITIONS = read();

        private static JsonNode read() {
            try (InputStream in = DefinitionFile.class.getResourceAsStream("/schemas/agent.registered.v1.json")) {
                return JSON.readTree(in).at("/$defs/content/properties");
            } catch (IOException e) {
                throw new UncheckedIOException("the JSON Schema of definitions cannot be read", e);
            }
        }
    }
}
