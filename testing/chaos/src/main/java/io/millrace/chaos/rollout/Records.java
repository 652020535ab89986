package io.millrace.chaos.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.chaos.workload.DeadLetters;
import io.millrace.testing.kafka.TopicProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of an episode, by topic. */
final class Records {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<String, List<ConsumerRecord<byte[], byte[]>>> topics;
    private final String prefix;

    /** @param prefix the beginning of the keys of all */
    Records(Function<String, List<ConsumerRecord<byte[], byte[]>>> topics, String prefix) {
        this.topics = topics;
        this.prefix = prefix;
    }

    /** Each partition's in order. */
    List<ConsumerRecord<byte[], byte[]>> of(String topic) {
        return topics.apply(topic).stream()
                .filter(record -> {
                    String key = TopicProbe.key(record);
                    return key != null && key.startsWith(prefix);
                })
                .toList();
    }

    /** Those that the job's reader takes, which have a value. */
    List<JsonNode> accepted(String topic) {
        return of(topic).stream()
                .filter(record ->
                        record.value() != null && DeadLetters.isAccepted(RolloutTopics.READERS.get(topic), record))
                .map(record -> json(record.value()))
                .toList();
    }

    static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("a record that is no JSON", e);
        }
    }

    /** An empty object for what is none, or nothing. */
    static JsonNode jsonOrNothing(byte[] value) {
        try {
            return value == null ? JSON.createObjectNode() : json(value);
        } catch (UncheckedIOException e) {
            return JSON.createObjectNode();
        }
    }

    /** How many of 100 a flag gives the variant {@code new}, by a reader of its own. */
    static int percent(JsonNode flag) {
        JsonNode fractional = flag.path("targeting").findValue("fractional");
        if (fractional != null) {
            for (JsonNode part : fractional) {
                if (part.isArray() && part.path(0).asText().equals("new")) {
                    return part.path(1).asInt();
                }
            }
        }
        return 0;
    }
}
