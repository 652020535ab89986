package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks at the start of a job that its topics are there and stamped by the broker. */
public final class TopicCheck {
    private static final long TIMEOUT_SECONDS = 30;
    private static final String LOG_APPEND_TIME = "LogAppendTime";

    private TopicCheck() {}

    /**
     * Requires that every topic exists and has {@code message.timestamp.type=LogAppendTime}: decisions are functions of
     * the log, and only the broker's clock goes with its order.
     *
     * @throws IllegalStateException saying what to do
     */
    public static void requireLogAppendTime(Properties adminProperties, Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<String, String> problems = new TreeMap<>();
        Admin admin = Admin.create(adminProperties);
        try {
            Map<ConfigResource, KafkaFuture<Config>> answers =
                    admin.describeConfigs(resources).values();
            for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
                String problem = problem(answer.getValue());
                if (problem != null) {
                    problems.put(answer.getKey().name(), problem);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at the topics", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka at " + adminProperties.get("bootstrap.servers") + " can't be asked about its topics", e);
        } finally {
            // Without a limit it may wait for ever for the answer of a broker that stands still.
            admin.close(Duration.ZERO);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("These topics can't be used: " + problems);
        }
    }

    private static String problem(KafkaFuture<Config> answer)
            throws InterruptedException, TimeoutException, ExecutionException {
        try {
            ConfigEntry type =
                    answer.get(TIMEOUT_SECONDS, TimeUnit.SECONDS).get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
            return LOG_APPEND_TIME.equals(type.value())
                    ? null
                    : "has message.timestamp.type=" + type.value() + ", must be " + LOG_APPEND_TIME;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return "does not exist";
            }
            throw e;
        }
    }
}
