package io.millrace.jobs.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.Await;
import io.millrace.testing.fuzz.FuzzInput;
import io.millrace.testing.kafka.TopicProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The topics of one tasks job, and what any producer and consumer of them sees. Not thread-safe. */
final class TaskTopics implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final String bootstrapServers;
    private final String prefix;
    private final TopicProbe probe;

    private TaskTopics(KafkaBroker broker, String prefix, List<TopicSpec> topics) {
        this.bootstrapServers = broker.bootstrapServers();
        this.prefix = prefix;
        this.probe = new TopicProbe(broker, topics);
    }

    /** Makes the topics with names of their own, so that several jobs can share a broker. */
    static TaskTopics make(KafkaBroker broker, String prefix) {
        return new TaskTopics(
                broker,
                prefix,
                TopicAdmin.taskTopics(PARTITIONS).stream()
                        .map(spec -> new TopicSpec(prefix + spec.name(), spec.partitions(), spec.settings()))
                        .toList());
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
                prefix + "tx"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    void publish(EventJson event) {
        publish(event.user(), event.bytes());
    }

    Future<RecordMetadata> publish(String key, byte[] value, Header... headers) {
        return probe.publish(events(), key, value, headers);
    }

    Future<RecordMetadata> publish(FuzzInput input) {
        List<Header> headers = new ArrayList<>();
        for (io.millrace.schema.wire.RecordHeader header : input.headers()) {
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        return probe.publish(new ProducerRecord<>(events(), null, input.key(), input.value(), headers));
    }

    Future<RecordMetadata> publishTo(int partition, byte[] value) {
        return probe.publish(new ProducerRecord<>(events(), partition, null, value));
    }

    /** Waits until all that was published is in the log. */
    void flush() {
        probe.flush();
    }

    /** All that was read from a topic so far, in the order of each partition. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return probe.read(topic);
    }

    /** Reads what has come. */
    TaskTopics poll() {
        probe.poll();
        return this;
    }

    /** Reads until the condition holds, looked at after each batch of records. */
    void await(String what, Await.Condition<Exception> condition) throws Exception {
        probe.await(what, condition);
    }

    /** Reads until nothing has come for {@code quiet}. */
    void awaitQuiet(Duration quiet) throws Exception {
        probe.awaitQuiet(quiet);
    }

    static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        return TopicProbe.json(record);
    }

    /** What was read from a topic about one task. */
    List<JsonNode> about(String topic, String task) {
        return read(topic).stream()
                .map(TaskTopics::json)
                .filter(json -> json.path("task_id").asText().equals(task))
                .toList();
    }

    static String key(ConsumerRecord<byte[], byte[]> record) {
        return TopicProbe.key(record);
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return TopicProbe.header(record, name);
    }

    static Header header(String name, String value) {
        return TopicProbe.header(name, value);
    }

    @Override
    public void close() {
        probe.close();
    }
}
