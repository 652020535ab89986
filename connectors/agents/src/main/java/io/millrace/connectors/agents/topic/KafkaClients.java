package io.millrace.connectors.agents.topic;

import io.millrace.connectors.agents.TransportSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the clients of the transport: what they do ends within a time, also when the broker does not answer. */
final class KafkaClients {
    /** In which an operation succeeds or has failed. */
    static final Duration LIMIT = Duration.ofSeconds(10);
    /** After which topics are looked at again, for new partitions. */
    static final Duration METADATA_AGE = Duration.ofSeconds(30);

    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
    private static final long BUFFER_BYTES = 8L << 20;

    private KafkaClients() {}

    private static Map<String, Object> common(TransportSettings.Kafka settings) {
        Map<String, Object> properties = new HashMap<>(settings.client());
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_LIMIT.toMillis());
        properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_AGE.toMillis());
        return properties;
    }

    static Admin admin(TransportSettings.Kafka settings) {
        Map<String, Object> properties = common(settings);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        return Admin.create(properties);
    }

    /** Sends at once, and never for longer than {@link #LIMIT}: what comes later the agent would do for nobody. */
    static Producer<byte[], byte[]> producer(TransportSettings.Kafka settings) {
        Map<String, Object> properties = common(settings);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0L);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LIMIT.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Without a group: it reads what is assigned to it. */
    static Consumer<byte[], byte[]> consumer(TransportSettings.Kafka settings) {
        Map<String, Object> properties = common(settings);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) LIMIT.toMillis());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Where replies were deleted before they were read the next ones are wanted, not those after the end.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
