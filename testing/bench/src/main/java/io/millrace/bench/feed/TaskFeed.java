package io.millrace.bench.feed;

import io.millrace.schema.wire.IsoDateTimes;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes the {@code task.created} of tasks, as an upstream service would. */
public final class TaskFeed implements AutoCloseable {
    private static final int BATCH_BYTES = 256 << 10;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SplittableRandom ids = new SplittableRandom();

    /** @param lingerMillis how long a record waits for others: 0 sends at once */
    public TaskFeed(String bootstrapServers, String topic, int lingerMillis) {
        this.topic = topic;
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(lingerMillis));
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Publishes a task with one reminder, when it is due.
     *
     * @param description null for none; without characters that JSON escapes, as the other texts
     * @param dueAt milliseconds since the epoch
     */
    public void publish(String user, String task, String title, String description, long dueAt) {
        StringBuilder json = new StringBuilder(512)
                .append("{\"schema_version\":1,\"event_id\":\"")
                .append(new UUID(ids.nextLong(), ids.nextLong()))
                .append("\",\"event_type\":\"task.created\",\"occurred_at\":\"")
                .append(IsoDateTimes.formatUtc(System.currentTimeMillis()))
                .append("\",\"user_id\":\"")
                .append(user)
                .append("\",\"task_id\":\"")
                .append(task)
                .append("\",\"title\":\"")
                .append(title);
        if (description != null) {
            json.append("\",\"description\":\"").append(description);
        }
        json.append("\",\"due_at\":\"").append(IsoDateTimes.formatUtc(dueAt)).append("\"}");
        producer.send(new ProducerRecord<>(
                topic, user.getBytes(StandardCharsets.UTF_8), json.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns when the broker has all. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
