package io.millrace.bench.agents;

import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.KafkaBroker;
import io.millrace.testing.kafka.TopicAdmin;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.testing.kafka.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The topics of one agents job: publishes calls, and tells how long each took by the broker's clock. */
final class CallTopics implements AutoCloseable {
    static final int PARTITIONS = 4;

    private final KafkaBroker broker;
    private final String prefix;
    private final TopicProbe probe;

    CallTopics(KafkaBroker broker, String prefix) {
        this.broker = broker;
        this.prefix = prefix;
        this.probe = new TopicProbe(broker, specs(prefix));
    }

    private static List<TopicSpec> specs(String prefix) {
        return TopicAdmin.agentTopics(PARTITIONS).stream()
                .map(spec -> new TopicSpec(prefix + spec.name(), spec.partitions(), spec.settings()))
                .toList();
    }

    String calls() {
        return prefix + Topics.AGENT_CALLS;
    }

    String results() {
        return prefix + Topics.AGENT_RESULTS;
    }

    String[] arguments() {
        List<String> arguments = new ArrayList<>(
                List.of("--kafka.bootstrap-servers", broker.bootstrapServers(), "--kafka.group-id", prefix + "group"));
        for (TopicSpec spec : TopicAdmin.agentTopics(PARTITIONS)) {
            arguments.addAll(List.of("--topics." + spec.name(), prefix + spec.name()));
        }
        arguments.addAll(List.of("--reply-topic-prefixes", prefix + "replies-"));
        return arguments.toArray(String[]::new);
    }

    void register(String agent, String url, String more) {
        publish(
                prefix + Topics.AGENT_REGISTRY,
                agent,
                "agent.registered",
                "\"agent\":\"" + agent
                        + "\",\"version\":1,\"type\":\"OTHER\",\"transport\":{\"kind\":\"http\",\"url\":\"" + url
                        + "\"},\"timeout_ms\":60000" + more);
        probe.flush();
    }

    void call(String agent, String key, String input) {
        publish(
                calls(),
                key,
                "agent.call",
                "\"agent\":\"" + agent + "\",\"call_key\":\"" + key + "\",\"input\":" + input
                        + ",\"timeout_ms\":120000");
    }

    void flush() {
        probe.flush();
    }

    private void publish(String topic, String key, String type, String fields) {
        String json = "{\"schema_version\":1,\"event_id\":\"" + UUID.randomUUID() + "\",\"event_type\":\"" + type
                + "\",\"occurred_at\":\"2026-11-21T08:00:00.000Z\"," + fields + "}";
        probe.publish(topic, key, json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * For each call with a key that begins so the log times of the call and of its result, in the order of keys' arrival.
     *
     * @throws IllegalStateException when a result is not {@code OK}
     */
    Map<String, long[]> awaitResults(String keyPrefix, int calls) throws Exception {
        Map<String, long[]> times = new HashMap<>();
        // A result may be read before its call is: they are on different topics.
        probe.await(
                calls + " results", () -> count(results(), keyPrefix) == calls && count(calls(), keyPrefix) == calls);
        for (ConsumerRecord<byte[], byte[]> call : probe.read(calls())) {
            if (TopicProbe.key(call).startsWith(keyPrefix)) {
                times.put(TopicProbe.key(call), new long[] {call.timestamp(), 0});
            }
        }
        for (ConsumerRecord<byte[], byte[]> result : probe.read(results())) {
            if (TopicProbe.key(result).startsWith(keyPrefix)) {
                if (!"OK".equals(TopicProbe.json(result).path("status").asText())) {
                    throw new IllegalStateException(
                            "a call was not answered: " + new String(result.value(), StandardCharsets.UTF_8));
                }
                times.get(TopicProbe.key(result))[1] = result.timestamp();
            }
        }
        return times;
    }

    private long count(String topic, String keyPrefix) {
        return probe.read(topic).stream()
                .filter(record -> TopicProbe.key(record).startsWith(keyPrefix))
                .count();
    }

    @Override
    public void close() {
        probe.close();
    }
}
