package io.millrace.local.notification;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.topic.SourceRecords;
import io.millrace.local.topic.TopicPublisher;
import io.millrace.local.topic.TopicScan;
import io.millrace.schema.notification.NotificationPreferences;
import io.millrace.schema.wire.RecordKey;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The preferences of one person. */
public final class Preferences {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final KafkaConnection kafka;
    private final byte[] key;

    public Preferences(KafkaConnection kafka, String tenant, String user) {
        this.kafka = kafka;
        this.key = RecordKey.of(tenant, user).getBytes(StandardCharsets.UTF_8);
    }

    /** Those that count now; empty when there are none. */
    public Optional<NotificationPreferences> read() {
        AtomicReference<NotificationPreferences> latest = new AtomicReference<>();
        TopicScan.read(kafka, List.of(Topics.NOTIFICATION_PREFERENCES), LIMIT, record -> {
            if (Arrays.equals(record.key(), key)) {
                apply(record, latest);
            }
        });
        return Optional.ofNullable(latest.get())
                .filter(preferences -> !preferences.channels().isEmpty());
    }

    private static void apply(ConsumerRecord<byte[], byte[]> record, AtomicReference<NotificationPreferences> latest) {
        if (record.value() == null) {
            latest.set(null);
            return;
        }
        try {
            latest.set(NotificationPreferences.read(SourceRecords.of(record)));
        } catch (RejectedEventException e) {
            // The job makes it a dead letter; it changes nothing.
            return;
        }
    }

    /**
     * Makes them what counts from now on.
     *
     * @throws RejectedEventException when the job would refuse them; nothing is published then
     */
    public void publish(NotificationPreferences preferences) throws RejectedEventException {
        byte[] value = preferences.toJson();
        NotificationPreferences.read(new SourceRecord(Topics.NOTIFICATION_PREFERENCES, 0, 0, 0, key, value, List.of()));
        TopicPublisher.send(kafka, new ProducerRecord<>(Topics.NOTIFICATION_PREFERENCES, key, value));
    }

    /** Takes them away. */
    public void remove() {
        TopicPublisher.send(kafka, new ProducerRecord<>(Topics.NOTIFICATION_PREFERENCES, key, null));
    }
}
