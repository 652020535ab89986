package io.millrace.bench.agents;

import io.millrace.bench.meter.TopicLog;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The topics of one agents job: publishes calls, and tells how long each took by the broker's clock. */
final class CallTopics implements AutoCloseable {
    static final int PARTITIONS = 4;

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long LOOK_EVERY_MILLIS = 20;

    private final KafkaBroker broker;
    private final String prefix;
    private final TopicProbe probe;
    private final TopicLog callLog;
    private final TopicLog resultLog;

    /** A place in the topics; what comes after it belongs to one measurement. */
    record Mark(Map<TopicPartition, Long> calls, Map<TopicPartition, Long> results) {}

    CallTopics(KafkaBroker broker, String prefix) {
        this.broker = broker;
        this.prefix = prefix;
        this.probe = new TopicProbe(broker, specs(prefix));
        this.callLog = new TopicLog(broker.bootstrapServers(), calls());
        this.resultLog = new TopicLog(broker.bootstrapServers(), results());
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
        // Answers of agents that are workers on a topic come to one that another setting names; there are none here.
        TopicAdmin.agentTopics(PARTITIONS).stream()
                .map(TopicSpec::name)
                .filter(topic -> !topic.equals(Topics.AGENT_REPLIES))
                .forEach(topic -> arguments.addAll(List.of("--topics." + topic, prefix + topic)));
        arguments.addAll(List.of("--reply-topic-prefixes", prefix + "replies-"));
        arguments.addAll(List.of("--http.allowed-networks", "127.0.0.0/8;::1"));
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

    /** Where calls and results end now. */
    Mark mark() {
        return new Mark(callLog.ends(), resultLog.ends());
    }

    /**
     * For each call after the mark whose key begins so the log times of the call and of its result.
     *
     * @throws TimeoutException when they do not come within {@link #LIMIT}
     * @throws IllegalStateException when a result is not {@code OK}
     */
    Map<String, long[]> awaitResults(Mark from, String keyPrefix, int calls)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        probe.flush();
        Map<String, long[]> times = new HashMap<>();
        callLog.read(from.calls(), call -> {
            if (TopicProbe.key(call).startsWith(keyPrefix)) {
                times.put(TopicProbe.key(call), new long[] {call.timestamp(), 0});
            }
        });
        int[] answered = new int[1];
        Map<TopicPartition, Long> read = from.results();
        while (answered[0] < calls) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(answered[0] + " of " + calls + " calls were answered within " + LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            Map<TopicPartition, Long> ends = resultLog.ends();
            resultLog.read(read, ends, result -> {
                if (TopicProbe.key(result).startsWith(keyPrefix)) {
                    requireOk(result);
                    times.get(TopicProbe.key(result))[1] = result.timestamp();
                    answered[0]++;
                }
            });
            read = ends;
        }
        return times;
    }

    private static void requireOk(ConsumerRecord<byte[], byte[]> result) {
        if (!"OK".equals(TopicProbe.json(result).path("status").asText())) {
            throw new IllegalStateException(
                    "a call was not answered: " + new String(result.value(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        callLog.close();
        resultLog.close();
        probe.close();
    }
}
