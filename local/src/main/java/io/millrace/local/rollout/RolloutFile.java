package io.millrace.local.rollout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.rollout.Plan;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.wire.ErrorCode;
import io.millrace.schema.wire.JsonProblems;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Roll-outs as somebody wrote them down: JSON objects one after the other, each the whole event or only the fields of the
 * roll-out, to which the envelope is added.
 *
 * @param rollouts those that are right
 * @param problems what is wrong with others: {@code NAME:LINE: message (code)}, with the line at which the object begins
 */
public record RolloutFile(List<Written> rollouts, List<String> problems) {
    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature())
            .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION.mappedFeature());

    /** @param value the event as it is to be published */
    public record Written(RolloutDefined defined, byte[] value) {}

    /** @param name what messages call the text */
    public static RolloutFile read(String name, String text) {
        List<Written> rollouts = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int line = parser.currentTokenLocation().getLineNr();
                JsonNode node = JSON.readTree(parser);
                try {
                    rollouts.add(written(node));
                } catch (RejectedEventException e) {
                    problems.add(name + ":" + line + ": " + e.messageWithoutPlace() + " ("
                            + e.code().wireName() + ")");
                }
            }
        } catch (JsonProcessingException e) {
            problems.add(name + ":" + JsonProblems.located(e) + " (" + ErrorCode.NOT_JSON.wireName() + ")");
        } catch (IOException e) {
            throw new UncheckedIOException("a text is always readable", e);
        }
        return new RolloutFile(List.copyOf(rollouts), List.copyOf(problems));
    }

    private static Written written(JsonNode node) throws RejectedEventException {
        if (!(node instanceof ObjectNode event)) {
            throw new RejectedEventException(ErrorCode.NOT_JSON, "not an object with the fields of a roll-out");
        }
        putIfMissing(event, "event_id", UUID.randomUUID().toString());
        putIfMissing(event, "event_type", "rollout.defined");
        putIfMissing(event, "occurred_at", Instant.now().toString());
        if (!event.hasNonNull("schema_version")) {
            event.put("schema_version", 1);
        }
        byte[] value = event.toString().getBytes(StandardCharsets.UTF_8);
        byte[] key = event.path("name").asText().getBytes(StandardCharsets.UTF_8);
        return new Written(
                Plan.read(new SourceRecord(Topics.ROLLOUT_DEFINITIONS, 0, 0, 0, key, value, List.of())), value);
    }

    private static void putIfMissing(ObjectNode event, String field, String value) {
        if (!event.hasNonNull(field)) {
            event.put(field, value);
        }
    }
}
