package io.millrace.operations.kafka;

import io.millrace.schema.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes topics and waits until they can be used. Each call is bounded by a time limit of 30 s. */
public final class TopicAdmin implements AutoCloseable {
    /** Room for the largest record a topic takes, with the headers a dead letter gets. */
    public static final int DEAD_LETTER_MAX_BYTES = 20 << 20;

    public static final int DEFAULT_PARTITIONS = 4;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Admin admin;

    public TopicAdmin(String bootstrapServers) {
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) LIMIT.toMillis()));
    }

    /** The topics of the tasks job. */
    public static List<TopicSpec> taskTopics(int partitions) {
        return List.of(
                TopicSpec.logAppended(Topics.TASK_EVENTS, partitions),
                TopicSpec.logAppended(Topics.REMINDERS, partitions),
                TopicSpec.logAppended(Topics.TASK_UPDATES, partitions),
                TopicSpec.deadLetters(Topics.TASK_EVENTS_DLQ, partitions));
    }

    /**
     * The topics of the agents job. The registry has one partition, so that all read it in one order, and is compacted;
     * in the answers of agents that are workers on a topic nobody looks for anything older than a call.
     */
    public static List<TopicSpec> agentTopics(int partitions) {
        return List.of(
                TopicSpec.logAppended(Topics.AGENT_CALLS, partitions),
                TopicSpec.logAppended(Topics.AGENT_RESULTS, partitions),
                TopicSpec.logAppended(Topics.AGENT_OUTCOMES, partitions),
                TopicSpec.logAppended(Topics.AGENT_REGISTRY, 1).with("cleanup.policy", "compact"),
                TopicSpec.logAppended(Topics.AGENT_REPLIES, partitions)
                        .with("retention.ms", Long.toString(Duration.ofDays(1).toMillis())),
                TopicSpec.logAppended(Topics.FLAGS, 1).with("cleanup.policy", "compact"),
                TopicSpec.logAppended(Topics.HEALTH_SIGNALS, partitions),
                TopicSpec.logAppended(Topics.KNOWLEDGE_DOCUMENTS, partitions).with("cleanup.policy", "compact"),
                TopicSpec.deadLetters(Topics.AGENT_CALLS_DLQ, partitions),
                TopicSpec.deadLetters(Topics.AGENT_OUTCOMES_DLQ, partitions),
                TopicSpec.deadLetters(Topics.AGENT_REGISTRY_DLQ, partitions));
    }

    /** Makes the topics of the tasks job; see {@link #ensure}. */
    public void ensureTaskTopics(int partitions) {
        ensure(taskTopics(partitions));
    }

    /** Makes the topics of the agents job; see {@link #ensure}. */
    public void ensureAgentTopics(int partitions) {
        ensure(agentTopics(partitions));
    }

    /**
     * Makes the topics that are missing, gives those that are there the settings asked for, and returns when each
     * partition has a leader and the settings hold. Partitions of a topic that is there are left alone.
     *
     * @throws IllegalStateException when the broker refuses or does not answer in time; the message names the topics
     */
    public void ensure(Collection<TopicSpec> topics) {
        List<NewTopic> wanted = new ArrayList<>();
        for (TopicSpec topic : topics) {
            wanted.add(new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
                    .configs(topic.settings()));
        }
        Map<String, KafkaFuture<Void>> made = admin.createTopics(wanted).values();
        List<TopicSpec> present = new ArrayList<>();
        for (TopicSpec topic : topics) {
            try {
                await("create topic " + topic.name(), made.get(topic.name()));
            } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                present.add(topic);
            }
        }
        applySettings(present);
        awaitUsable(topics);
    }

    private void applySettings(List<TopicSpec> topics) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicSpec topic : topics) {
            List<AlterConfigOp> settings = new ArrayList<>();
            topic.settings()
                    .forEach((name, value) ->
                            settings.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
            if (!settings.isEmpty()) {
                changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), settings);
            }
        }
        if (!changes.isEmpty()) {
            await(
                    "alter topics " + changes.keySet(),
                    admin.incrementalAlterConfigs(changes).all());
        }
    }

    /** The controller answers a little before the broker knows. */
    private void awaitUsable(Collection<TopicSpec> topics) {
        List<String> names = topics.stream().map(TopicSpec::name).toList();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!(haveLeaders(names) && topics.stream().allMatch(this::hasSettings))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Topics without leader or setting after " + LIMIT + " among " + topics);
            }
            pause();
        }
    }

    private boolean haveLeaders(List<String> names) {
        try {
            return await("describe " + names, admin.describeTopics(names).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition ->
                            partition.leader() != null && !partition.leader().isEmpty());
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private boolean hasSettings(TopicSpec topic) {
        return topic.settings().entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(setting(topic.name(), wanted.getKey())));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The topics there are, without Kafka's internal ones. */
    public Set<String> names() {
        return await("list topics", admin.listTopics().names());
    }

    /** The number of partitions of a topic. */
    public int partitions(String topic) {
        TopicDescription description = await(
                        "describe " + topic,
                        admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic);
        return description.partitions().size();
    }

    /** The value of a topic's setting, by Kafka's own name; null when there is no such setting. */
    public String setting(String topic, String name) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        ConfigEntry entry = await(
                        "describe settings of " + topic,
                        admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .get(name);
        return entry == null ? null : entry.value();
    }

    private static <T> T await(String what, KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka could not " + what + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka did not " + what + " within " + LIMIT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for Kafka to " + what, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
