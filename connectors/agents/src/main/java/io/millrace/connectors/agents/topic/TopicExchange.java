package io.millrace.connectors.agents.topic;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Requests out and replies in, from when replies are read. */
final class TopicExchange implements AutoCloseable {
    private final ReplyReader replies;
    private final Producer<byte[], byte[]> producer;
    private final Admin admin;
    private final KnownTopics topics;
    private final Executor sender;

    private TopicExchange(ReplyReader replies, Producer<byte[], byte[]> producer, Admin admin, Executor sender) {
        this.replies = replies;
        this.producer = producer;
        this.admin = admin;
        this.topics = new KnownTopics(admin);
        this.sender = sender;
    }

    /**
     * Blocks until replies are read.
     *
     * @param sender on which requests are sent, since a producer may block; it is not this object's to end
     * @throws KafkaException as {@link ReplyReader#open}
     */
    static TopicExchange open(TransportSettings.Kafka settings, Executor sender) {
        ReplyReader replies = ReplyReader.open(settings);
        Producer<byte[], byte[]> producer = null;
        try {
            producer = KafkaClients.producer(settings);
            return new TopicExchange(replies, producer, KafkaClients.admin(settings), sender);
        } catch (RuntimeException e) {
            replies.close();
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
            throw e;
        }
    }

    /** As {@link KnownTopics#has}. */
    CompletableFuture<Boolean> hasTopic(String topic) {
        return topics.has(topic);
    }

    /** Sends the request, unless there is an answer by then, and answers with the reply. */
    void ask(String attemptId, ProducerRecord<byte[], byte[]> request, AnswerFuture answer) {
        replies.expect(attemptId, answer);
        try {
            sender.execute(() -> send(request, answer));
        } catch (RejectedExecutionException e) {
            answer.complete(AgentAnswer.retryable(AgentErrorCode.OVERLOADED, "too many requests wait for Kafka"));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> request, AnswerFuture answer) {
        if (answer.isDone()) {
            return;
        }
        try {
            producer.send(request, (sent, failure) -> {
                if (failure == null) {
                    answer.asked();
                } else {
                    answer.complete(failure(failure));
                }
            });
        } catch (RuntimeException e) {
            answer.complete(failure(e));
        }
    }

    /** The answer of an attempt that Kafka did not carry. */
    static AgentAnswer failure(Throwable failure) {
        if (failure instanceof RecordTooLargeException) {
            return AgentAnswer.failed(
                    AgentErrorCode.AGENT_REJECTED, "the input is larger than Kafka is configured to carry");
        }
        if (failure instanceof AuthorizationException || failure instanceof AuthenticationException) {
            return AgentAnswer.failed(AgentErrorCode.UNAUTHORIZED, "Kafka does not accept the job's credentials");
        }
        return unreachable("there is no connection to Kafka");
    }

    static AgentAnswer unreachable(String message) {
        return AgentAnswer.retryable(AgentErrorCode.UNREACHABLE, message);
    }

    /** How many attempts have no reply yet. */
    int waiting() {
        return replies.expected();
    }

    @Override
    public void close() {
        replies.close();
        admin.close(Duration.ZERO);
        try {
            producer.close(Duration.ZERO);
        } catch (InterruptException e) {
            // Its thread is told to end all the same, and this one knows that it is interrupted.
        }
    }
}
