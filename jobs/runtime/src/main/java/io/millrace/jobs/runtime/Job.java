package io.millrace.jobs.runtime;

import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.connectors.kafka.TopicCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job as a value: what it is called, reads, writes and can be told, and its graph. What a job must do beside that
 * follows: its settings and their documentation, the checks at its start, its sources, sinks and dead letters, what the
 * local platform has to know of it.
 *
 * @param name as on the command line, and in environment variables
 * @param settings its own; those of topics, of delivery and of Kafka are added
 * @param local what it is told on the local platform beside Kafka's address, unless the environment says otherwise;
 *     {@code ${data}} stands for the data directory
 * @param later whether the local platform starts it only once the others run
 */
public record Job(
        String name,
        List<Input> inputs,
        List<Output> outputs,
        List<ConfigOption<?>> settings,
        Map<String, String> local,
        boolean later,
        Graph graph) {

    /** Builds what lies between a job's inputs and its outputs. */
    @FunctionalInterface
    public interface Graph {
        /** @throws IllegalArgumentException naming the setting that is wrong */
        void build(JobPipeline pipeline);
    }

    public Job {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        settings = List.copyOf(settings);
        local = Map.copyOf(local);
    }

    public Job(String name, List<Input> inputs, List<Output> outputs, List<ConfigOption<?>> settings, Graph graph) {
        this(name, inputs, outputs, settings, Map.of(), graph);
    }

    public Job(
            String name,
            List<Input> inputs,
            List<Output> outputs,
            List<ConfigOption<?>> settings,
            Map<String, String> local,
            Graph graph) {
        this(name, inputs, outputs, settings, local, false, graph);
    }

    /** The consumer group, and the beginning of transactional ids, unless told otherwise. */
    public String defaultGroup() {
        return "millrace-" + name;
    }

    ConfigOption<String> groupId() {
        return KafkaOptions.groupId(defaultGroup());
    }

    ConfigOption<String> transactionalIdPrefix() {
        return KafkaOptions.transactionalIdPrefix(defaultGroup());
    }

    /** Every output, those for dead letters among them. */
    List<Output> allOutputs() {
        List<Output> all = new ArrayList<>(outputs);
        inputs.stream()
                .map(Input::deadLetters)
                .filter(letters -> letters != null)
                .forEach(all::add);
        return all;
    }

    /** Every setting there is, in the order of the documentation. */
    public List<ConfigOption<?>> options() {
        Set<ConfigOption<?>> all = new LinkedHashSet<>(KafkaOptions.ALL);
        all.add(groupId());
        inputs.forEach(input -> all.add(input.topic()));
        allOutputs().forEach(output -> all.add(output.topic()));
        all.addAll(settings);
        allOutputs().forEach(output -> all.add(output.delivery()));
        all.add(transactionalIdPrefix());
        return List.copyOf(all);
    }

    /** What collects the values of the {@link #options}. */
    public JobSettings collector() {
        return new JobSettings(name, options());
    }

    /** Runs the job on the cluster that it is submitted to: the {@code main} of its jar. */
    public void run(String... arguments) throws Exception {
        StreamExecutionEnvironment env = JobEnvironment.create();
        define(env, arguments);
        env.execute(name);
    }

    /**
     * Builds the job in an environment, with real sources and sinks.
     *
     * @param arguments see {@link JobSettings#load}
     * @throws IllegalArgumentException naming the setting that is wrong
     * @throws IllegalStateException when a topic is missing, or is not as the job needs it
     */
    public void define(StreamExecutionEnvironment env, String... arguments) {
        JobPipeline pipeline = build(env, collector().load(arguments, System.getenv()));
        TopicCheck.require(pipeline.kafka().adminProperties(), pipeline.uses());
    }

    /** Builds the job as {@link #define} does, without asking Kafka anything. */
    public JobPipeline build(StreamExecutionEnvironment env, Configuration values) {
        requireDistinct(values);
        JobPipeline pipeline = new JobPipeline(this, env, values);
        graph.build(pipeline);
        pipeline.finish();
        return pipeline;
    }

    /** An event that came back as something else, or to whom it does not concern, would be taken for bad. */
    private void requireDistinct(Configuration values) {
        Map<String, String> keyOf = new LinkedHashMap<>();
        Set<ConfigOption<String>> topics = new LinkedHashSet<>();
        inputs.forEach(input -> topics.add(input.topic()));
        allOutputs().forEach(output -> topics.add(output.topic()));
        for (ConfigOption<String> topic : topics) {
            String other = keyOf.put(values.get(topic), topic.key());
            if (other != null) {
                throw new IllegalArgumentException(topic.key() + ": is \"" + values.get(topic) + "\", as " + other
                        + " is; each must be a topic of its own");
            }
        }
    }

    /** The topics that the job reads and writes, unless told otherwise, sorted by name. */
    public List<JobDescriptor.Topic> topics() {
        Map<String, JobDescriptor.Topic> byName = new TreeMap<>();
        for (Input input : inputs) {
            String topic = input.topic().defaultValue();
            byName.put(
                    topic,
                    new JobDescriptor.Topic(
                            topic,
                            input.partitions(),
                            false,
                            new TreeMap<>(input.topicSettings()),
                            input.each() == null ? null : input.each().key()));
        }
        for (Output output : allOutputs()) {
            String topic = output.topic().defaultValue();
            byName.putIfAbsent(
                    topic,
                    new JobDescriptor.Topic(
                            topic, 0, output.isDeadLetters(), new TreeMap<>(output.topicSettings()), null));
        }
        return List.copyOf(byName.values());
    }
}
