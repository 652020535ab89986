package io.millrace.connectors.kafka;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one topic takes: asked for at first, then looked at again now and then without waiting. What was known stays
 * known while the cluster does not answer.
 */
final class TopicLimit {
    private static final Logger LOG = LoggerFactory.getLogger(TopicLimit.class);
    /** Kafka's default, for a topic whose settings may not be looked at. */
    static final int DEFAULT_MAX_BYTES = 1_048_588;

    private final Supplier<KafkaFuture<TopicDescription>> describe;
    private final Supplier<KafkaFuture<Config>> describeSettings;
    private int known = -1;
    private KafkaFuture<TopicDescription> description;
    private KafkaFuture<Config> settings;
    private long askedAt;

    TopicLimit(Supplier<KafkaFuture<TopicDescription>> describe, Supplier<KafkaFuture<Config>> describeSettings) {
        this.describe = describe;
        this.describeSettings = describeSettings;
        ask();
    }

    static TopicLimit of(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        DescribeTopicsOptions withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        return new TopicLimit(
                () -> admin.describeTopics(List.of(topic), withRights)
                        .topicNameValues()
                        .get(topic),
                () -> admin.describeConfigs(List.of(resource)).values().get(resource));
    }

    private void ask() {
        askedAt = System.nanoTime();
        description = describe.get();
        settings = describeSettings.get();
    }

    private boolean isAnswered() {
        return description.isDone() && settings.isDone();
    }

    /**
     * The largest record; 0 when none may be written, or the topic is gone.
     *
     * @throws ExecutionException like {@link TimeoutException} only as long as nothing is known
     */
    int bytes(long waitMillis, long lookEveryNanos) throws InterruptedException, ExecutionException, TimeoutException {
        if (description == null && (known < 0 || System.nanoTime() - askedAt >= lookEveryNanos)) {
            ask();
        }
        if (description != null && (known < 0 || isAnswered())) {
            try {
                known = answer(waitMillis);
            } catch (ExecutionException | TimeoutException e) {
                if (known < 0) {
                    throw e;
                }
                LOG.warn("Kafka does not say what a topic takes; it took {} bytes before", known, e);
            } finally {
                if (isAnswered()) {
                    description = null;
                    settings = null;
                }
            }
        }
        return known;
    }

    private int answer(long waitMillis) throws InterruptedException, ExecutionException, TimeoutException {
        return mayWrite(waitMillis) ? maxBytes(waitMillis) : 0;
    }

    private boolean mayWrite(long waitMillis) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Set<AclOperation> allowed =
                    description.get(waitMillis, TimeUnit.MILLISECONDS).authorizedOperations();
            return allowed == null || allowed.contains(AclOperation.WRITE);
        } catch (ExecutionException e) {
            // Who may write may also describe.
            if (e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof AuthorizationException) {
                return false;
            }
            throw e;
        }
    }

    private int maxBytes(long waitMillis) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return Integer.parseInt(settings.get(waitMillis, TimeUnit.MILLISECONDS)
                    .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                    .value());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            if (e.getCause() instanceof AuthorizationException) {
                return DEFAULT_MAX_BYTES;
            }
            throw e;
        }
    }
}
