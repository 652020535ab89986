package io.millrace.bench.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.bench.meter.TopicLog;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What customers write, and when things came by the broker's clock. */
final class TalkTopics implements AutoCloseable {
    private static final String TEXT =
            "Hello, I ordered a lamp last week and it has not come yet. When will it be here? You can write to me at"
                    + " customer.%s@example.com, or call after six. Thank you very much for looking into this for me, it is a"
                    + " present.";

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    TalkTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static Envelope envelope(String type) {
        return new Envelope(UUID.randomUUID(), type, Instant.now(), Envelope.DEFAULT_TENANT, null, null);
    }

    /** A message with an address in it. */
    void write(String conversation) {
        MessageReceived message = new MessageReceived(
                envelope("message.received"), conversation, null, "chat", TEXT.formatted(conversation), List.of());
        publish(Topics.CONVERSATION_EVENTS, conversation, message.toJson());
    }

    void publish(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    void flush() {
        producer.flush();
    }

    /** The log times of the first record of each name. @param name of a record; null for one that does not matter */
    Map<String, Long> times(String topic, Function<JsonNode, String> name) {
        Map<String, Long> times = new HashMap<>();
        try (TopicLog log = new TopicLog(bootstrapServers, topic)) {
            var from = new HashMap<>(log.ends());
            from.replaceAll((partition, end) -> 0L);
            log.read(from, record -> {
                String of = name.apply(TopicProbe.json(record));
                if (of != null) {
                    times.putIfAbsent(of, record.timestamp());
                }
            });
        }
        return times;
    }

    @Override
    public void close() {
        producer.close();
    }
}
