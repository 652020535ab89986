package io.millrace.connectors.agents.topic;

import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.TransportSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

    private final AllPartitions replies;
    private final Map<String, AnswerFuture> expected = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "agents-topic-replies");

    private ReplyReader(AllPartitions replies) {
        this.replies = replies;
        thread.setDaemon(true);
    }

    /**
     * Begins at the end of the topic: a reply to whatever is asked after the return is read.
     *
     * @throws UnknownTopicOrPartitionException when there is no such topic
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer in time, or refuses
     */
    static ReplyReader open(TransportSettings.Kafka settings) {
        AllPartitions replies =
                new AllPartitions(KafkaClients.consumer(settings), settings.replyTopic(), KafkaClients.METADATA_AGE);
        ReplyReader reader = new ReplyReader(replies);
        try {
            // Without asking for positions the end would be looked for only at the first poll.
            replies.assign(false).forEach(replies.consumer()::position);
        } catch (RuntimeException e) {
            replies.close();
            throw e;
        }
        reader.thread.start();
        return reader;
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
        try (replies) {
            while (closing.getCount() > 0) {
                try {
                    replies.consumer().poll(POLL).forEach(this::take);
                    replies.look();
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
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> reply) {
        String attemptId = TopicMessages.attemptId(reply);
        AnswerFuture answer = attemptId == null ? null : expected.get(attemptId);
        if (answer != null) {
            answer.complete(TopicMessages.answer(reply));
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
