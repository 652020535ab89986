package io.millrace.bench;

import io.millrace.schema.wire.IsoDateTimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Measures how long it took from an event to its view, both at the broker: log time of the one, log time of the other. */
final class LatencyMeter {
    private static final String UPDATED_AT = "\"updated_at\":\"";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int TIMESTAMP_CHARS = 24;

    private LatencyMeter() {}

    /** The latencies of the topic's {@code total} views less the first third of the time, in milliseconds, least first. */
    static long[] ofViews(String bootstrapServers, String topic, int partitions, int total) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        long[] latencies = new long[total];
        long[] times = new long[total];
        int read = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (read < total) {
                for (ConsumerRecord<byte[], byte[]> view : consumer.poll(POLL)) {
                    if (read < total) {
                        times[read] = view.timestamp();
                        latencies[read++] = view.timestamp() - updatedAt(view.value());
                    }
                }
            }
        }
        long first = Arrays.stream(times).min().orElseThrow();
        long last = Arrays.stream(times).max().orElseThrow();
        long warm = first + (last - first) / 3;
        return IntStream.range(0, total)
                .filter(i -> times[i] >= warm)
                .mapToLong(i -> latencies[i])
                .sorted()
                .toArray();
    }

    private static long updatedAt(byte[] view) {
        String json = new String(view, StandardCharsets.UTF_8);
        int start = json.indexOf(UPDATED_AT) + UPDATED_AT.length();
        return IsoDateTimes.parse(json.substring(start, start + TIMESTAMP_CHARS))
                .instant()
                .toEpochMilli();
    }
}
