package io.millrace.testing.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to topics and reads all that comes on them from their beginning, as any client would. Not thread-safe. */
public final class TopicProbe implements AutoCloseable {
    private static final int MAX_RECORD_BYTES = 16 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();

    /** Makes the topics that are missing. */
    public TopicProbe(KafkaBroker broker, List<TopicSpec> topics) {
        this(broker.bootstrapServers(), topics);
    }

    /** The same at an address. */
    public TopicProbe(String bootstrapServers, List<TopicSpec> topics) {
        try (TopicAdmin admin = new TopicAdmin(bootstrapServers)) {
            admin.ensure(topics);
        }
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        // A new partition may refuse the first batch and take the second: the first one then never
                        // fits.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MAX_RECORD_BYTES,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        4L * MAX_RECORD_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicSpec topic : topics) {
            records.put(topic.name(), new ArrayList<>());
            for (int i = 0; i < topic.partitions(); i++) {
                partitions.add(new TopicPartition(topic.name(), i));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** @param key may be null, as {@code value} */
    public Future<RecordMetadata> publish(String topic, String key, byte[] value, Header... headers) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return publish(new ProducerRecord<>(topic, null, keyBytes, value, List.of(headers)));
    }

    public Future<RecordMetadata> publish(ProducerRecord<byte[], byte[]> record) {
        return producer.send(record);
    }

    /** Waits until all that was published is in the log. */
    public void flush() {
        producer.flush();
    }

    /** All that was read from a topic so far, in the order of each partition. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return records.get(topic);
    }

    /** The same as JSON. */
    public List<JsonNode> jsonOf(String topic) {
        return read(topic).stream().map(TopicProbe::json).toList();
    }

    /** Reads what has come. */
    public TopicProbe poll() {
        consumer.poll(Duration.ofMillis(50))
                .forEach(record -> records.get(record.topic()).add(record));
        return this;
    }

    /** Reads until all is read that some of the topics hold now. */
    public TopicProbe readToEnd(Collection<String> topics) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment().stream()
                .filter(partition -> topics.contains(partition.topic()))
                .toList());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
        return this;
    }

    /** Reads until the condition holds, looked at after each batch of records. */
    public void await(String what, Await.Condition<Exception> condition) throws Exception {
        flush();
        Await.until(what, this::state, () -> poll() != null && condition.holds());
    }

    /** Reads until nothing has come for {@code quiet}. */
    public void awaitQuiet(Duration quiet) throws Exception {
        long[] last = {System.nanoTime()};
        int[] count = {total()};
        await("nothing new for " + quiet, () -> {
            if (total() != count[0]) {
                count[0] = total();
                last[0] = System.nanoTime();
            }
            return System.nanoTime() - last[0] > quiet.toNanos();
        });
    }

    private int total() {
        return records.values().stream().mapToInt(List::size).sum();
    }

    private String state() {
        StringBuilder text = new StringBuilder("read");
        records.forEach(
                (topic, list) -> text.append(' ').append(topic).append('=').append(list.size()));
        return text.toString();
    }

    public static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + new String(record.value(), StandardCharsets.UTF_8), e);
        }
    }

    public static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The text of the last header of that name; null when there is none. */
    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    public static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }
}
