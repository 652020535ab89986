package io.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills a topic with events, as fast as it goes or at a steady rate. */
final class EventPublisher {
    private static final int TOLD_EVERY = 10_000;

    private final String bootstrapServers;

    EventPublisher(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    void publish(TaskEvents events, String topic, int count, DoubleConsumer progress) {
        publish(events, topic, count, Double.POSITIVE_INFINITY, progress);
    }

    /**
     * Publishes {@code perSecond} events a second. An event that is late, because this process was, does not delay
     * those after it.
     *
     * @return how many a second it was
     */
    double publish(TaskEvents events, String topic, int count, double perSecond, DoubleConsumer progress) {
        boolean paced = perSecond < Double.POSITIVE_INFINITY;
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, paced ? "1" : "20");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10));
        long start = System.nanoTime();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                if (paced) {
                    LockSupport.parkNanos(start + (long) (i * 1e9 / perSecond) - System.nanoTime());
                }
                TaskEvents.Event event = events.next();
                producer.send(new ProducerRecord<>(
                        topic,
                        event.user().getBytes(StandardCharsets.UTF_8),
                        event.json().getBytes(StandardCharsets.UTF_8)));
                if (i % TOLD_EVERY == 0) {
                    progress.accept((double) i / count);
                }
            }
            producer.flush();
        }
        return count * 1e9 / (System.nanoTime() - start);
    }
}
