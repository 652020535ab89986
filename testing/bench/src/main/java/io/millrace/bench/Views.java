package io.millrace.bench;

import io.millrace.schema.wire.IsoDateTimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The views in a topic. */
final class Views {
    private static final String UPDATED_AT = "\"updated_at\":\"";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int TIMESTAMP_CHARS = 24;

    private final String bootstrapServers;
    private final int partitions;

    Views(String bootstrapServers, int partitions) {
        this.bootstrapServers = bootstrapServers;
        this.partitions = partitions;
    }

    /** A sum over keys and values of all views that is the same for the same views in whatever order. */
    long digest(String topic, int total) {
        long[] sum = {0};
        read(topic, total, view -> {
            CRC32C crc = new CRC32C();
            crc.update(view.key());
            long key = crc.getValue();
            crc.update(view.value());
            // Spreads the bits before they are added up.
            sum[0] += (key << 32 ^ crc.getValue()) * 0x9E3779B97F4A7C15L;
        });
        return sum[0];
    }

    /**
     * How long it took from each event to its view, both at the broker: log time of the one, log time of the other, in
     * milliseconds. Events of the first {@code warmUp} are left out.
     *
     * @param total how many views there are; each is of another event
     */
    long[] latencies(String topic, int total, Duration warmUp) {
        long[] latencies = new long[total];
        long[] events = new long[total];
        int[] read = {0};
        read(topic, total, view -> {
            events[read[0]] = updatedAt(view.value());
            latencies[read[0]] = view.timestamp() - events[read[0]];
            read[0]++;
        });
        long from = Arrays.stream(events).min().orElseThrow() + warmUp.toMillis();
        return IntStream.range(0, total)
                .filter(i -> events[i] >= from)
                .mapToLong(i -> latencies[i])
                .toArray();
    }

    private void read(String topic, int total, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int read = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (read < total) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(topic + ": read " + read + " of " + total + " views in " + LIMIT);
                }
                for (ConsumerRecord<byte[], byte[]> view : consumer.poll(POLL)) {
                    if (read++ < total) {
                        reader.accept(view);
                    }
                }
            }
        }
    }

    private static long updatedAt(byte[] view) {
        String json = new String(view, StandardCharsets.UTF_8);
        int start = json.indexOf(UPDATED_AT) + UPDATED_AT.length();
        return IsoDateTimes.parse(json.substring(start, start + TIMESTAMP_CHARS))
                .instant()
                .toEpochMilli();
    }
}
