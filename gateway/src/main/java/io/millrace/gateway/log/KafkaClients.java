package io.millrace.gateway.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Makes clients of one Kafka. The caller closes them.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties of every client, such as {@code security.protocol}
 */
public record KafkaClients(String bootstrapServers, Map<String, String> properties) {
    private static final int ANSWER_MILLIS = 10_000;
    private static final int ATTEMPT_MILLIS = 5_000;
    /** As large as a dead letter may be. */
    private static final int LARGEST_RECORD = 24 << 20;

    private static final int FETCHED_BYTES = 8 << 20;
    private static final int FETCHED_BYTES_OF_PARTITION = 1 << 20;

    public KafkaClients {
        properties = Map.copyOf(properties);
    }

    Admin admin() {
        return Admin.create(settings(Map.of("default.api.timeout.ms", ANSWER_MILLIS)));
    }

    /** Of partitions that are assigned by hand; a position that the log does not have is an error. */
    KafkaConsumer<byte[], byte[]> consumer(int records) {
        Map<String, Object> more = new HashMap<>();
        more.put("enable.auto.commit", false);
        more.put("auto.offset.reset", "none");
        more.put("isolation.level", "read_committed");
        more.put("default.api.timeout.ms", ANSWER_MILLIS);
        more.put("max.poll.records", records);
        more.put("fetch.max.bytes", FETCHED_BYTES);
        more.put("max.partition.fetch.bytes", FETCHED_BYTES_OF_PARTITION);
        more.put("fetch.max.wait.ms", 100);
        return new KafkaConsumer<>(settings(more), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Waits for every in-sync replica, and writes nothing twice by itself. */
    public KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> more = new HashMap<>();
        more.put("acks", "all");
        more.put("enable.idempotence", true);
        more.put("linger.ms", 0);
        more.put("buffer.memory", 2L * LARGEST_RECORD);
        more.put("max.request.size", LARGEST_RECORD);
        more.put("max.block.ms", ATTEMPT_MILLIS);
        more.put("delivery.timeout.ms", ANSWER_MILLIS);
        return new KafkaProducer<>(settings(more), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putAll(properties);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("request.timeout.ms", ATTEMPT_MILLIS);
        return settings;
    }
}
