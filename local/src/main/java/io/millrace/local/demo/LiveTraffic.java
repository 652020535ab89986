package io.millrace.local.demo;

import io.millrace.local.topic.KafkaConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody who hears what comes to some topics from now on and says something to others, on a thread of their own. */
public final class LiveTraffic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTraffic.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Part part;
    private final Thread thread;
    private volatile boolean stopped;

    /** What somebody does. For one thread. */
    interface Part {
        /** Where they listen. */
        Collection<String> topics();

        void hear(ConsumerRecord<byte[], byte[]> record, LiveTraffic out);

        /** Called several times a second, after what was heard. */
        default void act(LiveTraffic out) {}

        /** Called at the end, when nothing more is heard. */
        default void close() {}
    }

    /** Starts it. */
    LiveTraffic(KafkaConnection kafka, String name, Part part) {
        this.part = part;
        List<TopicPartition> partitions = new ArrayList<>();
        part.topics().forEach(topic -> partitions.addAll(kafka.partitions(topic)));
        consumer = kafka.consumer(null);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        producer = kafka.producer();
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!stopped) {
                consumer.poll(POLL).forEach(record -> part.hear(record, this));
                part.act(this);
            }
        } catch (RuntimeException e) {
            LOG.error("{} ended early", thread.getName(), e);
        }
    }

    void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }

    /** Stops, and returns when everything published is acknowledged. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(5));
        part.close();
    }
}
