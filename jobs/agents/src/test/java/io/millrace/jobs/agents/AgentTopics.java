package io.millrace.jobs.agents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The topics of one agents job, and what callers see of them. Not thread-safe. JSON is written with single quotes. */
final class AgentTopics implements AutoCloseable {
    private static final int PARTITIONS = 4;

    /** The tenant that has a topic of its own. */
    static final String TENANT = "acme";

    private final String bootstrapServers;
    private final String prefix;
    private final TopicProbe probe;

    AgentTopics(KafkaBroker broker, String prefix) {
        this.bootstrapServers = broker.bootstrapServers();
        this.prefix = prefix;
        List<TopicSpec> topics = new ArrayList<>();
        TopicAdmin.agentTopics(PARTITIONS)
                .forEach(spec -> topics.add(new TopicSpec(prefix + spec.name(), spec.partitions(), spec.settings())));
        topics.add(TopicSpec.logAppended(replies(), 1));
        topics.add(TopicSpec.logAppended(smallReplies(), 1).with("max.message.bytes", "1000"));
        topics.add(TopicSpec.logAppended(callsOf(TENANT), 1));
        this.probe = new TopicProbe(broker, topics);
    }

    /** A topic that calls may name. */
    String replies() {
        return prefix + "replies-here";
    }

    /** Another one, which takes no record of more than 1,000 bytes. */
    String smallReplies() {
        return prefix + "replies-small";
    }

    String calls() {
        return prefix + Topics.AGENT_CALLS;
    }

    /** Where the calls of a tenant are that is bound to a topic. */
    String callsOf(String tenant) {
        return tenant + "." + calls();
    }

    String registry() {
        return prefix + Topics.AGENT_REGISTRY;
    }

    String results() {
        return prefix + Topics.AGENT_RESULTS;
    }

    String signals() {
        return prefix + Topics.HEALTH_SIGNALS;
    }

    /** @param definition null to take it away */
    void flag(String key, String definition) {
        probe.publish(
                prefix + Topics.FLAGS,
                key,
                definition == null ? null : definition.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    String outcomes() {
        return prefix + Topics.AGENT_OUTCOMES;
    }

    private String group() {
        return prefix + "group";
    }

    /** As if the job had read the whole registry before, and lost its state. */
    void commitRegistry() throws Exception {
        long end = probe.read(registry()).size();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.alterConsumerGroupOffsets(
                            group(), Map.of(new TopicPartition(registry(), 0), new OffsetAndMetadata(end)))
                    .all()
                    .get();
        }
    }

    List<String> arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--kafka.bootstrap-servers",
                bootstrapServers,
                "--kafka.group-id",
                group(),
                "--reply-topic-prefixes",
                prefix + "replies-",
                "--delivery.transactional-id-prefix",
                prefix + "tx",
                "--topic-agents.reply-topic",
                prefix + Topics.AGENT_REPLIES,
                "--http.allowed-networks",
                "127.0.0.0/8;::1"));
        TopicAdmin.agentTopics(PARTITIONS).stream()
                .map(TopicSpec::name)
                .filter(topic -> !topic.equals(Topics.AGENT_REPLIES))
                .forEach(topic -> arguments.addAll(List.of("--topics." + topic, prefix + topic)));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private void publish(String topic, String key, String type, String fields) {
        String json = "{'schema_version':1,'event_id':'" + UUID.randomUUID() + "','event_type':'" + type
                + "','occurred_at':'2026-11-20T08:00:00Z'," + fields + "}";
        probe.publish(topic, key, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    void register(String agent, String transport, String... fields) {
        publish(
                registry(),
                agent,
                "agent.registered",
                "'agent':'" + agent + "','version':1,'type':'OTHER','transport':" + transport + more(fields));
    }

    /** @param definition the fields of a definition, without an envelope */
    void register(ObjectNode definition) {
        // An apostrophe in a text stays one.
        String fields = definition.toString().replace("'", "\\u0027");
        publish(
                registry(),
                definition.path("agent").asText(),
                "agent.registered",
                fields.substring(1, fields.length() - 1));
    }

    void registerHttp(String agent, HttpAgent server, String... fields) {
        register(agent, "{'kind':'http','url':'" + server.url() + "'}", fields);
    }

    void call(String agent, String key, String... fields) {
        publish(calls(), key, "agent.call", "'agent':'" + agent + "','call_key':'" + key + "'" + more(fields));
    }

    /** A call of a tenant, on whichever topic. */
    void callOn(String topic, String tenant, String agent, String key) {
        publish(topic, key, "agent.call", "'tenant':'" + tenant + "','agent':'" + agent + "','call_key':'" + key + "'");
    }

    private static String more(String... fields) {
        return fields.length == 0 ? "" : "," + String.join(",", fields);
    }

    TopicProbe probe() {
        return probe;
    }

    /** The results of a call that came so far, on whichever topic. */
    List<JsonNode> resultsOf(String key) {
        return Stream.concat(probe.jsonOf(results()).stream(), probe.jsonOf(replies()).stream())
                .filter(result -> result.path("call_key").asText().equals(key))
                .toList();
    }

    JsonNode awaitResult(String key) throws Exception {
        probe.await("the result of " + key, () -> !resultsOf(key).isEmpty());
        return resultsOf(key).get(0);
    }

    /** Reads until a dead letter with the text in it has come; answers its code. */
    String awaitDeadLetter(String topic, String text) throws Exception {
        String deadLetters = topic + Topics.DEAD_LETTER_SUFFIX;
        String[] code = new String[1];
        await("the dead letter with " + text, () -> probe.read(deadLetters).stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).contains(text))
                .map(record -> code[0] = TopicProbe.header(record, "error_code"))
                .findFirst()
                .isPresent());
        return code[0];
    }

    void await(String what, Await.Condition<Exception> condition) throws Exception {
        probe.await(what, condition);
    }

    @Override
    public void close() {
        probe.close();
    }
}
