package io.millrace.connectors.agents.topic;

import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.TransportSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all of the topic of replies, on a thread of its own, and gives each to the attempt that it answers. Most are
 * nobody's here: those of other tasks, and those that came too late.
 */
final class ReplyReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final long RETRY_SECONDS = 1;
    private static final long END_MILLIS = 2_000;

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<String, AnswerFuture> expected = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "agents-topic-replies");

    private ReplyReader(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
        thread.setDaemon(true);
    }

    /**
     * Begins at the end of the topic: a reply to whatever is asked after the return is read.
     *
     * @throws UnknownTopicOrPartitionException when there is no such topic
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer in time, or refuses
     */
    static ReplyReader open(TransportSettings.Kafka settings) {
        Consumer<byte[], byte[]> consumer = KafkaClients.consumer(settings);
        ReplyReader reader = new ReplyReader(consumer, settings.replyTopic());
        try {
            Set<TopicPartition> partitions = reader.partitions();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException("no " + settings.replyTopic());
            }
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // Without this the end would be looked for only at the first poll.
            partitions.forEach(consumer::position);
        } catch (RuntimeException e) {
            reader.end();
            throw e;
        }
        reader.thread.start();
        return reader;
    }

    private Set<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .collect(Collectors.toSet());
    }

    /**
     * Completes the answer with the reply to the attempt, until there is another. Of two with one id the later is
     * answered.
     */
    void expect(String attemptId, AnswerFuture answer) {
        expected.put(attemptId, answer);
        answer.whenComplete((done, failure) -> expected.remove(attemptId, answer));
    }

    /** How many attempts have no reply yet. */
    int expected() {
        return expected.size();
    }

    private void run() {
        long looked = System.nanoTime();
        try {
            while (closing.getCount() > 0) {
                try {
                    consumer.poll(POLL).forEach(this::take);
                    if (System.nanoTime() - looked > KafkaClients.METADATA_AGE.toNanos()) {
                        looked = System.nanoTime();
                        addPartitions();
                    }
                } catch (InterruptException e) {
                    return;
                } catch (RuntimeException e) {
                    // It goes on where it was; attempts that get no answer meanwhile end by their timeouts.
                    LOG.warn(
                            "replies of agents cannot be read: {}", e.getClass().getName());
                    closing.await(RETRY_SECONDS, TimeUnit.SECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> reply) {
        String attemptId = TopicMessages.attemptId(reply);
        AnswerFuture answer = attemptId == null ? null : expected.get(attemptId);
        if (answer != null) {
            answer.complete(TopicMessages.answer(reply));
        }
    }

    private void addPartitions() {
        Set<TopicPartition> added = partitions();
        added.removeAll(consumer.assignment());
        if (!added.isEmpty()) {
            Set<TopicPartition> all = new HashSet<>(consumer.assignment());
            all.addAll(added);
            consumer.assign(all);
            consumer.seekToBeginning(added);
        }
    }

    private void end() {
        // Closing would fail at once for an interrupted thread.
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        } catch (RuntimeException e) {
            LOG.debug("closing the consumer of replies: {}", e.getClass().getName());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
