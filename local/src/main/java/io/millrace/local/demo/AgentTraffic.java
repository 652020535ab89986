package io.millrace.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.wire.IsolatedJson;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the agents that come with Millrace as services of the company would: it follows what the tasks job publishes, and
 * calls at a modest rate.
 */
public final class AgentTraffic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentTraffic.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(200);
    private static final ObjectReader JSON =
            new ObjectMapper(IsolatedJson.factory().build()).reader();

    private final CallStories stories = new CallStories(new Random());
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Thread thread = new Thread(this::run, "agent-traffic");
    private Instant next = Instant.EPOCH;
    private volatile boolean stopped;

    private AgentTraffic(KafkaConnection kafka) {
        List<TopicPartition> partitions = new ArrayList<>(kafka.partitions(Topics.TASK_UPDATES));
        partitions.addAll(kafka.partitions(Topics.REMINDERS));
        consumer = kafka.consumer(null);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        producer = kafka.producer();
        thread.setDaemon(true);
    }

    public static AgentTraffic start(KafkaConnection kafka) {
        AgentTraffic traffic = new AgentTraffic(kafka);
        traffic.thread.start();
        return traffic;
    }

    private void run() {
        try (consumer) {
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    call(record);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The calls of agents ended early", e);
        }
    }

    private void call(ConsumerRecord<byte[], byte[]> record) {
        Instant now = Instant.now();
        if (stopped || now.isBefore(next)) {
            return;
        }
        try {
            for (SampleEvent call : stories.on(JSON.readTree(record.value()), now)) {
                producer.send(new ProducerRecord<>(
                        Topics.AGENT_CALLS, call.key().getBytes(StandardCharsets.UTF_8), call.value()));
                next = now.plus(BETWEEN_CALLS);
            }
        } catch (IOException e) {
            LOG.warn("Not JSON: offset {} of {}-{}", record.offset(), record.topic(), record.partition());
        }
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
    }
}
