package io.millrace.connectors.agents.topic;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A consumer of all partitions of a topic, in no group, those that are added later among them. For one thread. */
public final class AllPartitions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AllPartitions.class);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Duration lookEvery;
    private long looked = System.nanoTime();

    /**
     * @param consumer closed with this
     * @param lookEvery how often partitions are looked for that were added
     */
    public AllPartitions(Consumer<byte[], byte[]> consumer, String topic, Duration lookEvery) {
        this.consumer = consumer;
        this.topic = topic;
        this.lookEvery = lookEvery;
    }

    public Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    /**
     * Has all there are assigned, where they begin or where they end.
     *
     * @throws UnknownTopicOrPartitionException when there is no such topic
     */
    public Set<TopicPartition> assign(boolean fromBeginning) {
        Set<TopicPartition> partitions = partitions();
        if (partitions.isEmpty()) {
            throw new UnknownTopicOrPartitionException("no " + topic);
        }
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        return partitions;
    }

    private Set<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
    }

    /** Takes in what was added, from its beginning, when it is time to look. */
    public void look() {
        if (System.nanoTime() - looked <= lookEvery.toNanos()) {
            return;
        }
        looked = System.nanoTime();
        Set<TopicPartition> added = partitions();
        added.removeAll(consumer.assignment());
        if (!added.isEmpty()) {
            Set<TopicPartition> all = new HashSet<>(consumer.assignment());
            all.addAll(added);
            consumer.assign(all);
            consumer.seekToBeginning(added);
        }
    }

    /** Without waiting, also on a thread that was interrupted: closing would fail there. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } catch (RuntimeException e) {
            LOG.debug("closing the consumer of {}: {}", topic, e.getClass().getName());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
