package io.millrace.connectors.kafka.lag;

import io.millrace.schema.slo.LagSampled;
import io.millrace.schema.slo.Members;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListGroupsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks brokers, each with one request for all that it knows, and waits for no answer longer than told. What one group
 * or topic is refused is its own problem: others are answered. For one thread.
 */
final class Questions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);
    private static final int MAX_GROUPS = 10_000;
    /** Of what an event takes, with what is put before it. */
    private static final int MAX_PROBLEM = 400;

    private final Admin admin;
    private final int answerMillis;

    Questions(Properties adminProperties, Duration answerWithin) {
        admin = Admin.create(adminProperties);
        answerMillis = Math.toIntExact(answerWithin.toMillis());
    }

    /**
     * The groups there are.
     *
     * @param groups by name
     * @param isWhole whether every broker answered
     */
    record Groups(Map<String, Members> groups, boolean isWhole) {}

    /**
     * Answers by what was asked about, and why there is none for the others.
     *
     * @param <K> what was asked about
     */
    record Answers<K, V>(Map<K, V> known, Map<K, String> problems) {
        Answers() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    /** @throws KafkaException when no broker answers */
    Groups groups(Predicate<String> wanted) {
        ListGroupsResult answer =
                admin.listGroups(ListGroupsOptions.forConsumerGroups().timeoutMs(answerMillis));
        Collection<Throwable> errors = await(answer.errors());
        Map<String, Members> groups = new HashMap<>();
        for (GroupListing group : await(answer.valid())) {
            String name = group.groupId();
            if (!name.isEmpty() && name.length() <= LagSampled.MAX_GROUP && wanted.test(name)) {
                if (groups.size() == MAX_GROUPS) {
                    LOG.warn("There are more than {} consumer groups; the others are not looked at", MAX_GROUPS);
                    break;
                }
                groups.put(name, members(group));
            }
        }
        if (groups.isEmpty() && !errors.isEmpty()) {
            throw new KafkaException(
                    "no broker lists its groups", errors.iterator().next());
        }
        return new Groups(groups, errors.isEmpty());
    }

    private static Members members(GroupListing group) {
        if (group.isSimpleConsumerGroup() || group.groupState().isEmpty()) {
            return Members.UNKNOWN;
        }
        GroupState state = group.groupState().get();
        return state == GroupState.EMPTY || state == GroupState.DEAD ? Members.NONE : Members.SOME;
    }

    /** What groups have committed. */
    Answers<String, GroupOffsets> offsets(Map<String, Members> groups) {
        Answers<String, GroupOffsets> answers = new Answers<>();
        if (groups.isEmpty()) {
            return answers;
        }
        ListConsumerGroupOffsetsResult answer = admin.listConsumerGroupOffsets(
                groups.keySet().stream()
                        .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec())),
                new ListConsumerGroupOffsetsOptions().timeoutMs(answerMillis));
        groups.forEach((group, members) -> take(
                answers,
                group,
                answer.partitionsToOffsetAndMetadata(group),
                committed -> new GroupOffsets(group, members, offsetsOf(committed))));
        return answers;
    }

    private static Map<TopicPartition, Long> offsetsOf(Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }

    /** What topics there are; one that is not there has no partitions. */
    Answers<String, Topic> topics(Set<String> names) {
        Answers<String, Topic> answers = new Answers<>();
        Map<String, KafkaFuture<TopicDescription>> answer = names.isEmpty()
                ? Map.of()
                : admin.describeTopics(names, new DescribeTopicsOptions().timeoutMs(answerMillis))
                        .topicNameValues();
        answer.forEach((name, described) -> {
            try {
                TopicDescription topic = await(described);
                String id = topic.topicId().equals(Uuid.ZERO_UUID)
                        ? null
                        : topic.topicId().toString();
                answers.known().put(name, new Topic(id, topic.partitions().size()));
            } catch (UnknownTopicOrPartitionException e) {
                answers.known().put(name, new Topic(null, 0));
            } catch (KafkaException e) {
                answers.problems().put(name, problem(e));
            }
        });
        return answers;
    }

    /** @param id null when there is no such topic, or the broker has no ids */
    record Topic(String id, int partitions) {}

    /** Where logs begin or end. */
    Answers<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Answers<TopicPartition, Long> answers = new Answers<>();
        if (partitions.isEmpty()) {
            return answers;
        }
        ListOffsetsResult answer = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
                new ListOffsetsOptions().timeoutMs(answerMillis));
        for (TopicPartition partition : partitions) {
            take(
                    answers,
                    partition,
                    answer.partitionResult(partition),
                    ListOffsetsResult.ListOffsetsResultInfo::offset);
        }
        return answers;
    }

    /** The settings of topics that it may see. */
    Map<String, TopicSettings> settings(Set<String> topics) {
        return TopicSettings.of(admin, topics, answerMillis, this::answer);
    }

    private <K, A, V> void take(Answers<K, V> answers, K about, KafkaFuture<A> future, Function<A, V> value) {
        try {
            answers.known().put(about, value.apply(await(future)));
        } catch (KafkaException e) {
            answers.problems().put(about, problem(e));
        }
    }

    /** Null when it was refused. */
    private <T> T answer(KafkaFuture<T> future) {
        try {
            return await(future);
        } catch (KafkaException e) {
            LOG.debug("The broker does not say", e);
            return null;
        }
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            // The client gives up by itself; this is for one that does not.
            return future.get(2L * answerMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    static String problem(KafkaException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.substring(0, Math.min(text.length(), MAX_PROBLEM));
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
