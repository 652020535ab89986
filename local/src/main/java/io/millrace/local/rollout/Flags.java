package io.millrace.local.rollout;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The flags as they stand on their topic, each as it was written, whatever that is. */
public final class Flags {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Flags() {}

    /** As of now, by key. */
    public static NavigableMap<String, String> read(KafkaConnection kafka) {
        NavigableMap<String, String> flags = new TreeMap<>();
        TopicScan.read(kafka, List.of(Topics.FLAGS), LIMIT, record -> apply(record, flags));
        return flags;
    }

    /**
     * Gives them to {@code taker} as of now, and again whenever one has changed. While Kafka is away nothing is given.
     *
     * @param goesOn asked several times a second
     */
    public static void follow(
            KafkaConnection kafka, Consumer<NavigableMap<String, String>> taker, BooleanSupplier goesOn) {
        NavigableMap<String, String> flags = new TreeMap<>();
        boolean[] isNews = {true};
        TopicScan.follow(
                kafka,
                Topics.FLAGS,
                LIMIT,
                record -> {
                    apply(record, flags);
                    isNews[0] = true;
                },
                () -> {
                    if (isNews[0]) {
                        isNews[0] = false;
                        taker.accept(flags);
                    }
                    return goesOn.getAsBoolean();
                });
    }

    /** Publishes definitions by their keys, and returns once the broker has them all. */
    public static void publish(KafkaConnection kafka, Map<String, String> definitions) {
        kafka.partitions(Topics.FLAGS);
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            definitions.forEach((key, definition) -> TopicPublisher.send(
                    producer,
                    new ProducerRecord<>(
                            Topics.FLAGS,
                            key.getBytes(StandardCharsets.UTF_8),
                            definition.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void apply(ConsumerRecord<byte[], byte[]> record, NavigableMap<String, String> flags) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            flags.remove(key);
        } else {
            flags.put(key, new String(record.value(), StandardCharsets.UTF_8));
        }
    }
}
