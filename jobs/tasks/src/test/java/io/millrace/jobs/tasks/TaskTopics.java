package io.millrace.jobs.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.testing.Await;
import io.millrace.testing.fuzz.FuzzInput;
import io.millrace.testing.kafka.KafkaBroker;
import io.millrace.testing.kafka.TopicAdmin;
import io.millrace.testing.kafka.TopicSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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

/** The topics of one tasks job, and what any producer and consumer of them sees. Not thread-safe. */
final class TaskTopics implements AutoCloseable {
    static final int PARTITIONS = 4;
    private static final int MAX_RECORD_BYTES = 16 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bootstrapServers;
    private final String prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();

    private TaskTopics(KafkaBroker broker, String prefix) {
        this.bootstrapServers = broker.bootstrapServers();
        this.prefix = prefix;
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
    }

    /** Makes the topics with names of their own, so that several jobs can share a broker. */
    static TaskTopics make(KafkaBroker broker, String prefix) {
        TaskTopics topics = new TaskTopics(broker, prefix);
        List<TopicSpec> specs = TopicAdmin.taskTopics(PARTITIONS).stream()
                .map(spec -> new TopicSpec(prefix + spec.name(), spec.partitions(), spec.settings()))
                .toList();
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.ensure(specs);
        }
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicSpec spec : specs) {
            topics.records.put(spec.name(), new ArrayList<>());
            for (int i = 0; i < spec.partitions(); i++) {
                partitions.add(new TopicPartition(spec.name(), i));
            }
        }
        topics.consumer.assign(partitions);
        topics.consumer.seekToBeginning(partitions);
        return topics;
    }

    String events() {
        return prefix + "task-events";
    }

    String updates() {
        return prefix + "task-updates";
    }

    String reminders() {
        return prefix + "reminders";
    }

    String deadLetters() {
        return prefix + "task-events-dlq";
    }

    /** The program arguments of a job on these topics. */
    List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka.bootstrap-servers",
                bootstrapServers,
                "--kafka.group-id",
                prefix + "group",
                "--topics.task-events",
                events(),
                "--topics.task-updates",
                updates(),
                "--topics.reminders",
                reminders(),
                "--topics.task-events-dlq",
                deadLetters(),
                "--delivery.transactional-id-prefix",
                prefix + "tx",
                "--input-clock.idle-after",
                "500 ms"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    void publish(EventJson event) {
        publish(event.user(), event.bytes());
    }

    Future<RecordMetadata> publish(String key, byte[] value, Header... headers) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return producer.send(new ProducerRecord<>(events(), null, keyBytes, value, List.of(headers)));
    }

    Future<RecordMetadata> publish(FuzzInput input) {
        List<Header> headers = new ArrayList<>();
        for (io.millrace.schema.wire.RecordHeader header : input.headers()) {
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        return producer.send(new ProducerRecord<>(events(), null, input.key(), input.value(), headers));
    }

    Future<RecordMetadata> publishTo(int partition, byte[] value) {
        return producer.send(new ProducerRecord<>(events(), partition, null, value));
    }

    /** Waits until all that was published is in the log. */
    void flush() {
        producer.flush();
    }

    /** All that was read from a topic so far, in the order of each partition. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return records.get(topic);
    }

    /** Reads what has come. */
    TaskTopics poll() {
        consumer.poll(Duration.ofMillis(50))
                .forEach(record -> records.get(record.topic()).add(record));
        return this;
    }

    /** Reads until the condition holds, looked at after each batch of records. */
    void await(String what, Await.Condition<Exception> condition) throws Exception {
        flush();
        Await.until(what, this::state, () -> poll() != null && condition.holds());
    }

    /** Reads until nothing has come for {@code quiet}. */
    void awaitQuiet(Duration quiet) throws Exception {
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

    static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + new String(record.value(), StandardCharsets.UTF_8), e);
        }
    }

    /** What was read from a topic about one task. */
    List<JsonNode> about(String topic, String task) {
        return read(topic).stream()
                .map(TaskTopics::json)
                .filter(json -> json.path("task_id").asText().equals(task))
                .toList();
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    }

    /** The text of the last header of that name; null when there is none. */
    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }
}
