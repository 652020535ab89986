package io.millrace.bench;

import io.millrace.schema.wire.IsoDateTimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills a topic with events of as many tasks, each due in some days with two reminders. */
final class TaskEvents {
    private static final int USERS = 50_000;
    private static final int DAYS = 30;

    private TaskEvents() {}

    /** Publishes as fast as it goes. */
    static void publish(String bootstrapServers, String topic, int count, long seed) {
        publish(bootstrapServers, topic, count, seed, Double.POSITIVE_INFINITY);
    }

    /** Publishes {@code perSecond} events a second, evenly. */
    static void publish(String bootstrapServers, String topic, int count, long seed, double perSecond) {
        boolean paced = perSecond < Double.POSITIVE_INFINITY;
        long start = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, paced ? "1" : "20");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(256 << 10));
        long now = System.currentTimeMillis();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                if (paced) {
                    LockSupport.parkNanos(start + (long) (i * 1e9 / perSecond) - System.nanoTime());
                }
                String user = "u-" + random.nextInt(USERS);
                String json = created(random, now, user, i);
                producer.send(new ProducerRecord<>(
                        topic, user.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8)));
            }
            producer.flush();
        }
    }

    private static String created(SplittableRandom random, long now, String user, int number) {
        long due = now
                + Duration.ofDays(1).toMillis()
                + random.nextLong(Duration.ofDays(DAYS).toMillis());
        return "{\"schema_version\":1,\"event_id\":\"" + new UUID(random.nextLong(), random.nextLong())
                + "\",\"event_type\":\"task.created\",\"occurred_at\":\"" + IsoDateTimes.formatUtc(now)
                + "\",\"user_id\":\"" + user + "\",\"task_id\":\"t-" + number
                + "\",\"title\":\"Send the figures of week " + number % 52
                + " to the accountant\",\"priority\":\"P2\",\"tags\":[\"office\",\"finance\"],\"due_at\":\""
                + IsoDateTimes.formatUtc(due) + "\",\"time_zone\":\"Europe/Paris\",\"remind_before_minutes\":[60,0]}";
    }
}
