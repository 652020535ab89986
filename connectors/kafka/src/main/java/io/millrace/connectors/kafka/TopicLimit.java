package io.millrace.connectors.kafka;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

/** What one topic takes: asked for at first, then looked at again now and then without waiting. */
final class TopicLimit {
    /** Kafka's default, for a topic whose settings may not be looked at. */
    private static final int DEFAULT_MAX_BYTES = 1_048_588;

    private final Admin admin;
    private final String topic;
    private int known = -1;
    private KafkaFuture<TopicDescription> description;
    private KafkaFuture<Config> settings;
    private long askedAt;

    TopicLimit(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
        ask();
    }

    private void ask() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        askedAt = System.nanoTime();
        description = admin.describeTopics(
                        List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues()
                .get(topic);
        settings = admin.describeConfigs(List.of(resource)).values().get(resource);
    }

    /** The largest record; 0 when none may be written, or the topic is gone. */
    int bytes(long waitMillis, long lookEveryNanos) throws InterruptedException, ExecutionException, TimeoutException {
        if (description != null && (known < 0 || description.isDone() && settings.isDone())) {
            known = answer(waitMillis);
            description = null;
            settings = null;
        }
        if (description == null && System.nanoTime() - askedAt >= lookEveryNanos) {
            ask();
        }
        return known;
    }

    private int answer(long waitMillis) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Set<AclOperation> allowed =
                    description.get(waitMillis, TimeUnit.MILLISECONDS).authorizedOperations();
            if (allowed != null && !allowed.contains(AclOperation.WRITE)) {
                return 0;
            }
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
