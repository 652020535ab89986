package io.millrace.bench.reminders;

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
final class TaskFeed implements AutoCloseable {
    private static final int BATCH_BYTES = 256 << 10;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SplittableRandom ids = new SplittableRandom();

    /** @param lingerMillis how long a record waits for others: 0 sends at once */
    TaskFeed(String bootstrapServers, String topic, int lingerMillis) {
        this.topic = topic;
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, Integer.toString(lingerMillis));
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Publishes the whole batch and returns when the broker has it. */
    void publish(Batch batch) {
        for (int i = 0; i < batch.count(); i++) {
            publish(batch.user(i), batch.task(i), batch.title(i), batch.dueAt(i));
        }
        producer.flush();
    }

    void publish(String user, String task, String title, long dueAt) {
        String json = "{\"schema_version\":1,\"event_id\":\"" + new UUID(ids.nextLong(), ids.nextLong())
                + "\",\"event_type\":\"task.created\",\"occurred_at\":\""
                + IsoDateTimes.formatUtc(System.currentTimeMillis())
                + "\",\"user_id\":\"" + user + "\",\"task_id\":\"" + task + "\",\"title\":\"" + title
                + "\",\"due_at\":\"" + IsoDateTimes.formatUtc(dueAt) + "\"}";
        producer.send(new ProducerRecord<>(
                topic, user.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
