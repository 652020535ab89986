package io.millrace.chaos.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.chaos.workload.DeadLetters;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.TopicProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topics hold of a tenant, or of all. */
final class Talk {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<String, List<ConsumerRecord<byte[], byte[]>>> topics;
    private final String tenant;
    private final Map<String, List<Said>> read = new HashMap<>();

    /** A record that is an event. */
    record Said(JsonNode json, long time) {
        String text(String field) {
            return json.path(field).asText();
        }

        String id() {
            return text("event_id");
        }

        String type() {
            return text("event_type");
        }

        String tenant() {
            return json.path("tenant").asText(Envelope.DEFAULT_TENANT);
        }

        /** Of all tenants. */
        String conversation() {
            return tenant() + "/" + text("conversation_id");
        }

        String run() {
            return tenant() + "/" + text("run_id");
        }
    }

    /**
     * @param topics records of a topic, each partition's in order
     * @param tenant of whom; null for all
     */
    Talk(Function<String, List<ConsumerRecord<byte[], byte[]>>> topics, String tenant) {
        this.topics = topics;
        this.tenant = tenant;
    }

    /** Records as they are, each partition's in order. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return topics.apply(topic).stream().filter(this::concerns).toList();
    }

    /** What is no event has a key that begins as all ids do. */
    private boolean concerns(ConsumerRecord<byte[], byte[]> record) {
        String key = TopicProbe.key(record);
        if (tenant == null || key != null && key.startsWith(tenant + "-")) {
            return true;
        }
        try {
            return record.value() != null
                    && JSON.readTree(record.value()).path("tenant").asText().equals(tenant);
        } catch (IOException e) {
            return false;
        }
    }

    /** Those that are events; of one conversation in the order of the log. */
    List<Said> of(String topic) {
        return read.computeIfAbsent(topic, name -> records(name).stream()
                .filter(record -> !TalkTopics.READERS.containsKey(name)
                        || DeadLetters.isAccepted(TalkTopics.READERS.get(name), record))
                .sorted(Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                        .thenComparingLong(ConsumerRecord::offset))
                .map(record -> new Said(json(record.value()), record.timestamp()))
                .toList());
    }

    /** The same, of each id the first. */
    List<Said> once(String topic) {
        Set<String> ids = new HashSet<>();
        return of(topic).stream()
                .filter(said -> ids.add(said.tenant() + "/" + said.id()))
                .toList();
    }

    /** What came to each conversation, of each id the first, in the order in which it is decided about. */
    Map<String, List<Said>> inboxes() {
        Map<String, List<Said>> inboxes = new HashMap<>();
        for (Said said : once(Topics.CONVERSATION_INBOX)) {
            inboxes.computeIfAbsent(said.conversation(), conversation -> new ArrayList<>())
                    .add(said);
        }
        return inboxes;
    }

    static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("a record that is no JSON", e);
        }
    }
}
