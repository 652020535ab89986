package io.millrace.connectors.agents.topic;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.CallHeaders;
import io.millrace.connectors.agents.RetryAfter;
import io.millrace.connectors.agents.StatusAnswers;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Requests and replies as records. The names of headers are Kafka's: upper and lower case differ. */
final class TopicMessages {
    /** In a request, and copied to its reply. */
    static final String ATTEMPT_ID = "Millrace-Attempt-Id";
    /** In a request, the topic of its reply. */
    static final String REPLY_TO = "Millrace-Reply-To";
    /** In a reply, a status code of HTTP; 200 when it is absent. */
    static final String STATUS = "Millrace-Status";

    private static final Pattern SUCCESS = Pattern.compile("2[0-9]{2}");
    private static final Pattern ERROR = Pattern.compile("[45][0-9]{2}");
    private static final byte[] EMPTY = {};

    private TopicMessages() {}

    /**
     * The request of an attempt that starts now. Its key is the idempotency key, so that repeated attempts of a call
     * meet in one partition.
     *
     * @param now milliseconds since the epoch
     */
    static ProducerRecord<byte[], byte[]> request(AgentAttempt attempt, String topic, String replyTopic, long now) {
        ProducerRecord<byte[], byte[]> request =
                new ProducerRecord<>(topic, utf8(attempt.idempotencyKey()), utf8(attempt.input()));
        Headers headers = request.headers();
        CallHeaders.of(attempt, now).forEach((name, value) -> headers.add(name, utf8(value)));
        headers.add(ATTEMPT_ID, utf8(attempt.attemptId()));
        headers.add(REPLY_TO, utf8(replyTopic));
        return request;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Of the attempt that a reply answers; null when it does not say. */
    static String attemptId(ConsumerRecord<byte[], byte[]> reply) {
        return header(reply, ATTEMPT_ID).orElse(null);
    }

    /** The answer that a reply is. */
    static AgentAnswer answer(ConsumerRecord<byte[], byte[]> reply) {
        Usage usage = CallHeaders.usage(header(reply, CallHeaders.USAGE).orElse(null));
        String status = header(reply, STATUS).orElse("200");
        if (SUCCESS.matcher(status).matches()) {
            return AgentAnswer.ofJson(reply.value() == null ? EMPTY : reply.value(), usage);
        }
        if (!ERROR.matcher(status).matches()) {
            return AgentAnswer.failed(
                            AgentErrorCode.AGENT_FAILED, "the reply's " + STATUS + " is no status of an answer")
                    .with(usage);
        }
        long retryAfter = RetryAfter.millis(name -> anyCase(reply, name), System.currentTimeMillis());
        return StatusAnswers.of(Integer.parseInt(status), retryAfter, "agent status " + status)
                .with(usage);
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> reply, String name) {
        return Optional.ofNullable(reply.headers().lastHeader(name)).map(TopicMessages::text);
    }

    /** As HTTP's headers are: {@code Retry-After} is one of those. */
    private static Optional<String> anyCase(ConsumerRecord<byte[], byte[]> reply, String lowerCase) {
        for (Header header : reply.headers()) {
            if (header.key().toLowerCase(Locale.ROOT).equals(lowerCase)) {
                return Optional.of(text(header));
            }
        }
        return Optional.empty();
    }

    private static String text(Header header) {
        return header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8).strip();
    }
}
