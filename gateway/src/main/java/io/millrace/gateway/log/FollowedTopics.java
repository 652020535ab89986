package io.millrace.gateway.log;

import io.millrace.gateway.model.ReadModel;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Which topics there are of those that the model follows. New ones may come at any time. */
final class FollowedTopics {
    private static final int LIMIT_SECONDS = 15;

    private final Admin admin;
    private final ReadModel model;

    FollowedTopics(Admin admin, ReadModel model) {
        this.admin = admin;
        this.model = model;
    }

    /**
     * Their partitions.
     *
     * @throws OtherLogException when one of them was deleted and made again
     */
    List<TopicPartition> partitions() throws SQLException, OtherLogException {
        List<String> names = answer(admin.listTopics().names()).stream()
                .filter(model::follows)
                .sorted()
                .toList();
        Map<String, TopicDescription> topics =
                answer(admin.describeTopics(names).allTopicNames());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String name : names) {
            TopicDescription topic = topics.get(name);
            if (!model.isOf(name, topic.topicId().toString())) {
                throw new OtherLogException("the topic " + name + " was made anew");
            }
            topic.partitions().forEach(one -> partitions.add(new TopicPartition(name, one.partition())));
        }
        return partitions;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.apache.kafka.common.errors.InterruptException("interrupted");
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        }
    }
}
