package io.millrace.local.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.local.topic.KafkaConnection;
import io.millrace.schema.wire.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** What tests of a whole platform need: options with free ports, a task, and its reminder. */
final class TestPlatforms {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestPlatforms() {}

    /** The jobs that are built. */
    static LocalJobs jobs() {
        return LocalJobs.in(Path.of(System.getProperty("millrace.home")));
    }

    /** Those that start first: the others take as long again. */
    static List<LocalJob> first() {
        return jobs().all().stream().filter(job -> !job.later()).toList();
    }

    static LocalJob job(String name) {
        return jobs().find(name).orElseThrow();
    }

    static PlatformOptions options(Path data) throws IOException {
        return options(data, Duration.ofSeconds(1));
    }

    static PlatformOptions options(Path data, Duration checkpointInterval) throws IOException {
        try (ServerSocket kafka = new ServerSocket(0);
                ServerSocket web = new ServerSocket(0);
                ServerSocket metrics = new ServerSocket(0)) {
            return new PlatformOptions(
                    Path.of(System.getProperty("millrace.home")),
                    data,
                    kafka.getLocalPort(),
                    web.getLocalPort(),
                    metrics.getLocalPort(),
                    PlatformOptions.DEFAULT_PARALLELISM,
                    checkpointInterval);
        }
    }

    static void publish(Platform platform, String event) {
        try (KafkaProducer<byte[], byte[]> producer =
                KafkaConnection.to(platform.kafka()).producer()) {
            producer.send(new ProducerRecord<>(
                    Topics.TASK_EVENTS,
                    "u-7".getBytes(StandardCharsets.UTF_8),
                    event.getBytes(StandardCharsets.UTF_8)));
        }
    }

    static JsonNode awaitReminder(Platform platform, String task) throws IOException {
        KafkaConnection kafka = KafkaConnection.to(platform.kafka());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null)) {
            List<TopicPartition> partitions = kafka.partitions(Topics.REMINDERS);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    JsonNode reminder = JSON.readTree(record.value());
                    if (reminder.path("task_id").asText().equals(task)) {
                        return reminder;
                    }
                }
            }
        }
        throw new AssertionError("no reminder of " + task + " within " + LIMIT);
    }

    static String task(String id, Instant due) {
        return "{\"schema_version\":1,\"event_id\":\"" + UUID.randomUUID() + "\",\"event_type\":\"task.created\","
                + "\"occurred_at\":\"" + Instant.now() + "\",\"user_id\":\"u-7\",\"task_id\":\"" + id
                + "\",\"title\":\"Pay the rent\",\"due_at\":\"" + due + "\"}";
    }
}
