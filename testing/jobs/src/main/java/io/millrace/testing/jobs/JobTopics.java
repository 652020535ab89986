package io.millrace.testing.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.jobs.runtime.Job;
import io.millrace.jobs.runtime.JobDescriptor;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.flink.configuration.ConfigOption;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The topics of one run of a job, with names of their own, and what any producer and consumer sees. Not thread-safe. */
public final class JobTopics implements AutoCloseable {
    private static final int PARTITIONS = 4;

    private final KafkaBroker broker;
    private final Job job;
    private final String prefix;
    private final TopicProbe probe;

    private JobTopics(KafkaBroker broker, Job job, String prefix) {
        this.broker = broker;
        this.job = job;
        this.prefix = prefix;
        this.probe =
                new TopicProbe(broker, job.topics().stream().map(this::spec).toList());
    }

    /** Makes the topics. @param prefix of their names, so that several runs can share a broker */
    public static JobTopics make(KafkaBroker broker, Job job, String prefix) {
        return new JobTopics(broker, job, prefix);
    }

    private TopicSpec spec(JobDescriptor.Topic topic) {
        String name = prefix + topic.name();
        int partitions = topic.partitions() == 0 ? PARTITIONS : topic.partitions();
        return (topic.deadLetters() ? TopicSpec.deadLetters(name, partitions) : TopicSpec.logAppended(name, partitions))
                .with(topic.settings());
    }

    /** The program arguments of the job on these topics. */
    public List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "--kafka.group-id",
                prefix + "group",
                "--delivery.transactional-id-prefix",
                prefix + "tx"));
        for (ConfigOption<?> option : job.options()) {
            if (option.key().startsWith("topics.")) {
                arguments.add("--" + option.key());
                arguments.add(prefix + option.defaultValue());
            }
        }
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** @param topic without the prefix, as in the following ones */
    public Future<RecordMetadata> publish(String topic, String key, String value) {
        return publish(topic, key, value.getBytes(StandardCharsets.UTF_8));
    }

    public Future<RecordMetadata> publish(String topic, String key, byte[] value) {
        return probe.publish(prefix + topic, key, value);
    }

    /** All that was read from a topic so far, in the order of each partition. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return probe.read(prefix + topic);
    }

    /** The same as JSON. */
    public List<JsonNode> jsonOf(String topic) {
        return probe.jsonOf(prefix + topic);
    }

    /** Reads until the condition holds, looked at after each batch of records. */
    public void await(String what, Await.Condition<Exception> condition) throws Exception {
        probe.await(what, condition);
    }

    @Override
    public void close() {
        probe.close();
    }
}
