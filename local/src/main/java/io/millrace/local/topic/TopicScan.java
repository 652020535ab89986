package io.millrace.local.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads topics from their beginning to where they end now. */
public final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);

    private TopicScan() {}

    /**
     * Gives each record to {@code reader}, those of a partition in their order; of one topic after the other, as
     * listed.
     *
     * @param limit of the whole
     * @throws TopicException when there is no such topic, or Kafka does not return its records within the limit
     */
    public static void read(
            KafkaConnection kafka,
            Collection<String> topics,
            Duration limit,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        read(kafka, topics, null, limit, reader);
    }

    /**
     * The same from a time on.
     *
     * @param since of the log; null for the beginning
     */
    public static void read(
            KafkaConnection kafka,
            Collection<String> topics,
            Instant since,
            Duration limit,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long deadline = System.nanoTime() + limit.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null)) {
            for (String topic : topics) {
                consumer.assign(kafka.partitions(topic));
                readToEnd(consumer, topic, since, limit, deadline, reader);
            }
        }
    }

    /**
     * Reads a topic to where it ends now, and then what comes.
     *
     * @param limit of reading to where it ends now
     * @param look called once all was read to there, whenever more was read after that, and several times a second; whether
     *     to go on
     */
    public static void follow(
            KafkaConnection kafka,
            String topic,
            Duration limit,
            Consumer<ConsumerRecord<byte[], byte[]>> reader,
            BooleanSupplier look) {
        KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null);
        try {
            consumer.assign(kafka.partitions(topic, consumer));
            readToEnd(consumer, topic, null, limit, System.nanoTime() + limit.toNanos(), reader);
            while (look.getAsBoolean()) {
                consumer.poll(POLL).forEach(reader);
            }
        } finally {
            KafkaConnection.close(consumer);
        }
    }

    /** Of what is assigned. */
    private static void readToEnd(
            KafkaConsumer<byte[], byte[]> consumer,
            String topic,
            Instant since,
            Duration limit,
            long deadline,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        if (since == null) {
            consumer.seekToBeginning(ends.keySet());
        } else {
            seek(consumer, ends, since);
        }
        while (!isAt(consumer, ends)) {
            if (System.nanoTime() > deadline) {
                throw new TopicException(
                        "Kafka did not return the records of " + topic + " within " + limit.toSeconds() + " s");
            }
            consumer.poll(POLL).forEach(reader);
        }
    }

    /** What comes after the ends were asked is not read. */
    private static void seek(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Instant since) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, since.toEpochMilli()));
        consumer.offsetsForTimes(times)
                .forEach((partition, found) ->
                        consumer.seek(partition, found == null ? ends.get(partition) : found.offset()));
    }

    private static boolean isAt(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
