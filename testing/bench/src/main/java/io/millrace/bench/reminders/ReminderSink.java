package io.millrace.bench.reminders;

import io.millrace.schema.task.Reminder;
import io.millrace.schema.task.ReminderWriter;
import io.millrace.schema.wire.Uuid5;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Publishes reminders as the tasks job does: the same JSON, with a deterministic id, at once. */
final class ReminderSink implements AutoCloseable {
    private static final UUID NAMESPACE = new UUID(0x6d696c6c72616365L, 0x62656e6368000000L);
    private static final long LATE_AFTER_MILLIS = 60_000;
    private static final int BATCH_BYTES = 64 << 10;

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    ReminderSink(String bootstrapServers, String topic) {
        this.topic = topic;
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Publishes the reminder of a task at its due date; the future says when the broker has it. */
    Future<RecordMetadata> send(String user, String task, String title, long dueAt) {
        UUID id = Uuid5.of(NAMESPACE, task + "/" + dueAt);
        Reminder reminder =
                new Reminder(id, "default", user, task, null, title, dueAt, dueAt, 0, false, -1, null, null);
        byte[] json = ReminderWriter.write(reminder, System.currentTimeMillis(), LATE_AFTER_MILLIS);
        return producer.send(new ProducerRecord<>(topic, user.getBytes(StandardCharsets.UTF_8), json));
    }

    @Override
    public void close() {
        producer.close();
    }
}
