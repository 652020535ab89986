package io.millrace.jobs.agents;

import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.http.Egress;
import io.millrace.connectors.kafka.Destination;
import io.millrace.connectors.kafka.KafkaConnection;
import io.millrace.connectors.kafka.KafkaOptions;
import io.millrace.jobs.agents.trace.TraceSettings;
import io.millrace.jobs.runtime.JobSettings;
import io.millrace.logic.agent.CallSettings;
import io.millrace.logic.agent.gate.GateSettings;
import io.millrace.operators.agent.ApprovalKey;
import io.millrace.operators.agent.TenantTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * The settings of the agents job, checked. {@link AgentsOptions} says what each means.
 *
 * @param kafka the cluster of all topics
 * @param tenants says on which topics calls come besides that of {@code calls}
 * @param outcomes both written and read
 * @param capacity attempts under way in one subtask
 * @param maxRecordBytes the largest dead letter with its headers
 */
record AgentsConfig(
        KafkaConnection kafka,
        String groupId,
        Destination calls,
        TenantTopics tenants,
        Destination registry,
        Destination outcomes,
        Destination results,
        Destination callDeadLetters,
        Destination registryDeadLetters,
        Destination outcomeDeadLetters,
        List<String> replyTopicPrefixes,
        CallSettings callSettings,
        GateSettings gates,
        Costs costs,
        ApprovalKey approvalKey,
        TransportSettings transports,
        TraceSettings tracing,
        int capacity,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        int maxRecordBytes,
        Duration inputClockMaxHold) {

    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    AgentsConfig {
        requireNotNegative("input-clock.max-hold", inputClockMaxHold);
        if (capacity < 1) {
            throw new IllegalArgumentException("attempts.capacity: must be positive, is " + capacity);
        }
        List<String> topics = Stream.concat(
                        Stream.of(
                                        calls,
                                        registry,
                                        outcomes,
                                        results,
                                        callDeadLetters,
                                        registryDeadLetters,
                                        outcomeDeadLetters)
                                .map(Destination::topic),
                        Stream.concat(
                                tenants.bound().values().stream(),
                                Stream.of(transports.kafka().replyTopic())))
                .toList();
        if (topics.stream().distinct().count() < topics.size()) {
            throw new IllegalArgumentException(
                    "topics.*, tenants, topic-agents.reply-topic: each must be a topic of its own");
        }
        // Whoever may publish calls, or definitions, could write to them, or make the job answer itself.
        requireOthers("reply-topic-prefixes", replyTopicPrefixes, topics);
        requireOthers("topic-agents.request-topic-prefixes", transports.kafka().requestTopicPrefixes(), topics);
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

    private static void requireNotNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + ": must not be negative, is " + value);
        }
    }

    /** @throws IllegalArgumentException naming the key that is wrong */
    static AgentsConfig load(String[] arguments, Map<String, String> environment) {
        return of(new JobSettings("agents", AgentsOptions.ALL).load(arguments, environment));
    }

    static AgentsConfig of(Configuration values) {
        String costs = values.get(AgentsOptions.COSTS_FILE);
        return new AgentsConfig(
                KafkaOptions.connection(values),
                values.get(AgentsOptions.GROUP_ID),
                destination(values, AgentsOptions.CALLS),
                tenants(values),
                destination(values, AgentsOptions.REGISTRY),
                Destination.of(values, AgentsOptions.OUTCOMES, AgentsOptions.DELIVERY_OUTCOMES),
                Destination.of(values, AgentsOptions.RESULTS, AgentsOptions.DELIVERY_RESULTS),
                destination(values, AgentsOptions.CALLS_DLQ),
                destination(values, AgentsOptions.REGISTRY_DLQ),
                destination(values, AgentsOptions.OUTCOMES_DLQ),
                values.get(AgentsOptions.REPLY_TOPICS),
                new CallSettings(values.get(AgentsOptions.UNKNOWN_AGENT_WAIT), values.get(AgentsOptions.DEDUP_WINDOW)),
                gates(values),
                costs == null ? Costs.NONE : Costs.read(Path.of(costs)),
                new ApprovalKey(values.get(AgentsOptions.APPROVAL_KEY_FILE)),
                transports(values),
                tracing(values),
                values.get(AgentsOptions.CAPACITY),
                values.get(AgentsOptions.TRANSACTIONAL_ID_PREFIX),
                values.get(KafkaOptions.TRANSACTION_TIMEOUT),
                Math.toIntExact(values.get(KafkaOptions.MAX_RECORD).getBytes()),
                values.get(KafkaOptions.INPUT_CLOCK_MAX_HOLD));
    }

    private static Destination destination(Configuration values, ConfigOption<String> topic) {
        return Destination.of(values, topic, AgentsOptions.DELIVERY_DEAD_LETTERS);
    }

    private static TenantTopics tenants(Configuration values) {
        List<String> tenants = values.get(AgentsOptions.TENANTS);
        TenantTopics topics = new TenantTopics(values.get(AgentsOptions.CALLS), tenants);
        topics.bound().forEach((tenant, topic) -> {
            if (!TOPIC.matcher(topic).matches()) {
                throw new IllegalArgumentException("tenants: \"" + tenant + "\" can't have a topic, as " + topic
                        + " is no name of one: 1 to 249 letters, digits, \".\", \"_\" and \"-\"");
            }
        });
        if (topics.bound().size() < tenants.size()) {
            throw new IllegalArgumentException("tenants: " + tenants + " has one twice");
        }
        return topics;
    }

    private static GateSettings gates(Configuration values) {
        return new GateSettings(
                values.get(AgentsOptions.GATE_CONCURRENT),
                values.get(AgentsOptions.GATE_QUEUE_LENGTH),
                values.get(AgentsOptions.GATE_QUEUE_SIZE).getBytes(),
                values.get(AgentsOptions.GATE_RUNNING_SIZE).getBytes(),
                values.get(AgentsOptions.CIRCUIT_WINDOW),
                values.get(AgentsOptions.CIRCUIT_FAILURES),
                values.get(AgentsOptions.CIRCUIT_OPEN_FOR),
                values.get(AgentsOptions.RELEASE_AFTER));
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
                values.get(AgentsOptions.IN_PROCESS_THREADS), values.get(AgentsOptions.IN_PROCESS_QUEUE));
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
