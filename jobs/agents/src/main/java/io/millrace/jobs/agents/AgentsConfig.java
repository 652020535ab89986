package io.millrace.jobs.agents;

import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.http.Egress;
import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.jobs.agents.trace.TraceSettings;
import io.millrace.logic.agent.CallSettings;
import io.millrace.logic.agent.gate.GateSettings;
import io.millrace.logic.agent.gate.TenantLines;
import io.millrace.operators.agent.ApprovalKey;
import io.millrace.operators.agent.TenantTopics;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;

/**
 * The settings of the agents job, checked. {@link AgentsOptions} says what each means.
 *
 * @param tenants says on which topics calls come besides the one that all share
 * @param capacity attempts under way in one subtask
 */
record AgentsConfig(
        TenantTopics tenants,
        List<String> replyTopicPrefixes,
        CallSettings callSettings,
        GateSettings gates,
        Costs costs,
        ApprovalKey approvalKey,
        TransportSettings transports,
        TraceSettings tracing,
        int capacity) {

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private static final int MAX_CAPACITY = 1_000_000;

    AgentsConfig {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "attempts.capacity: must be between 1 and " + MAX_CAPACITY + ", is " + capacity);
        }
    }

    /**
     * @param calls the topic of calls that all tenants share
     * @param topics all that the job reads and writes, but for those of tenants
     * @throws IllegalArgumentException naming the key that is wrong
     */
    static AgentsConfig of(Configuration values, String calls, Collection<String> topics) {
        String costs = values.get(AgentsOptions.COSTS_FILE);
        TenantTopics tenants = tenants(values.get(AgentsOptions.TENANTS), calls, topics);
        AgentsConfig config = new AgentsConfig(
                tenants,
                values.get(AgentsOptions.REPLY_TOPICS),
                new CallSettings(values.get(AgentsOptions.UNKNOWN_AGENT_WAIT), values.get(AgentsOptions.DEDUP_WINDOW)),
                gates(values, TenantLines.of(tenants.bound().keySet())),
                costs == null ? Costs.NONE : Costs.read(Path.of(costs)),
                new ApprovalKey(values.get(AgentsOptions.APPROVAL_KEY_FILE)),
                transports(values),
                tracing(values),
                values.get(AgentsOptions.CAPACITY));
        // Whoever may publish calls, or definitions, could write to them, or make the job answer itself.
        List<String> own = Stream.concat(topics.stream(), config.tenants.bound().values().stream())
                .toList();
        requireOthers("reply-topic-prefixes", config.replyTopicPrefixes, own);
        requireOthers(
                "topic-agents.request-topic-prefixes", config.transports.kafka().requestTopicPrefixes(), own);
        return config;
    }

    private static void requireOthers(String key, List<String> prefixes, List<String> topics) {
        for (String prefix : prefixes) {
            topics.stream()
                    .filter(topic -> topic.startsWith(prefix))
                    .findFirst()
                    .ifPresent(topic -> {
                        throw new IllegalArgumentException(key + ": \"" + prefix
                                + "\" must not be the beginning of one of the job's topics, as it is of " + topic);
                    });
        }
    }

    private static TenantTopics tenants(List<String> tenants, String calls, Collection<String> others) {
        TenantTopics topics = new TenantTopics(calls, tenants);
        topics.bound().forEach((tenant, topic) -> {
            if (!TOPIC.matcher(topic).matches()) {
                throw new IllegalArgumentException("tenants: \"" + tenant + "\" can't have a topic, as " + topic
                        + " is no name of one: 1 to 249 letters, digits, \".\", \"_\" and \"-\"");
            }
            if (others.contains(topic)) {
                throw new IllegalArgumentException("tenants: the topic of \"" + tenant + "\", " + topic
                        + ", is one of the job's; each must be a topic of its own");
            }
        });
        if (topics.bound().size() < tenants.size()) {
            throw new IllegalArgumentException("tenants: " + tenants + " has one twice");
        }
        return topics;
    }

    private static GateSettings gates(Configuration values, TenantLines lines) {
        return new GateSettings(
                values.get(AgentsOptions.GATE_CONCURRENT),
                values.get(AgentsOptions.GATE_QUEUE_LENGTH),
                values.get(AgentsOptions.GATE_QUEUE_SIZE).getBytes(),
                values.get(AgentsOptions.GATE_RUNNING_SIZE).getBytes(),
                values.get(AgentsOptions.CIRCUIT_WINDOW),
                values.get(AgentsOptions.CIRCUIT_FAILURES),
                values.get(AgentsOptions.CIRCUIT_OPEN_FOR),
                values.get(AgentsOptions.RELEASE_AFTER),
                lines);
    }

    private static TraceSettings tracing(Configuration values) {
        return new TraceSettings(
                values.get(AgentsOptions.TRACING_ENDPOINT),
                values.get(AgentsOptions.TRACING_SAMPLE_RATIO),
                values.get(AgentsOptions.TRACING_SERVICE_NAME),
                values.get(AgentsOptions.TRACING_HEADERS_FILE));
    }

    private static TransportSettings transports(Configuration values) {
        TransportSettings.Llm llm = new TransportSettings.Llm(
                values.get(AgentsOptions.LLM_ENDPOINT),
                values.get(AgentsOptions.LLM_API),
                values.get(AgentsOptions.LLM_DEPLOYMENT),
                values.get(AgentsOptions.LLM_CREDENTIAL),
                values.get(AgentsOptions.LLM_KEY),
                values.get(AgentsOptions.LLM_IDENTITY));
        TransportSettings.Nats nats = new TransportSettings.Nats(
                values.get(AgentsOptions.NATS_SERVERS),
                values.get(AgentsOptions.NATS_CREDENTIALS),
                values.get(AgentsOptions.NATS_KEY));
        TransportSettings.InProcess inProcess = new TransportSettings.InProcess(
                values.get(AgentsOptions.IN_PROCESS_THREADS),
                values.get(AgentsOptions.IN_PROCESS_QUEUE),
                NotifyOptions.of(values));
        Properties client = KafkaOptions.connection(values).adminProperties();
        TransportSettings.Kafka kafka = new TransportSettings.Kafka(
                client.stringPropertyNames().stream()
                        .collect(Collectors.toMap(Function.identity(), client::getProperty)),
                values.get(AgentsOptions.REPLY_TOPIC),
                values.get(AgentsOptions.REQUEST_TOPICS));
        return TransportSettings.DEFAULTS
                .secretsIn(values.get(AgentsOptions.KEYS_DIRECTORY))
                .with(Egress.to(values.get(AgentsOptions.ALLOWED_HOSTS), values.get(AgentsOptions.ALLOWED_NETWORKS)))
                .with(llm)
                .with(nats)
                .with(kafka)
                .with(inProcess);
    }
}
