package io.millrace.connectors.agents.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.Attempts;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What requests hold, and what replies mean. */
class TopicMessagesTest {
    private static final String SETTINGS = "{'kind':'topic','topic':'agent-requests-helper'}";

    @Test
    void aRequestSaysWhatAnAgentNeedsToKnow() {
        ProducerRecord<byte[], byte[]> request = TopicMessages.request(
                Attempts.afterError(SETTINGS, "{\"text\":\"é\"}", "wrong"), "agent-requests-helper", "replies", 0);

        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        assertThat(request.topic()).isEqualTo("agent-requests-helper");
        assertThat(text(request.key())).isEqualTo(Attempts.KEY);
        assertThat(text(request.value())).isEqualTo("{\"text\":\"é\"}");
        assertThat(headers)
                .containsEntry("Idempotency-Key", Attempts.KEY)
                .containsEntry("Millrace-Attempt", "2")
                .containsEntry("Millrace-Attempt-Id", Attempts.KEY + "#2")
                .containsEntry("Millrace-Reply-To", "replies")
                .containsEntry("Millrace-Deadline", "1970-01-01T00:00:30.000Z")
                .containsEntry("Millrace-Previous-Error", "wrong")
                .containsEntry("Correlation-Id", "correlation %C3%A9")
                .containsKey("traceparent")
                .hasSize(8);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "400, FAILED, AGENT_REJECTED, agent status 400",
        "403, FAILED, UNAUTHORIZED, agent status 403",
        "429, RETRYABLE, RATE_LIMITED, agent status 429",
        "503, RETRYABLE, AGENT_FAILED, agent status 503",
        "599, FAILED, AGENT_FAILED, agent status 599",
        "302, FAILED, AGENT_FAILED, the reply's Millrace-Status is no status of an answer",
        "wrong, FAILED, AGENT_FAILED, the reply's Millrace-Status is no status of an answer",
    })
    void aStatusMeansWhatItDoesInHttp(String header, Status status, AgentErrorCode code, String message) {
        AgentAnswer answer =
                TopicMessages.answer(reply("secret", "Millrace-Status", header, "Millrace-Usage", "input=3, output=4"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().code()).isEqualTo(code);
        assertThat(answer.error().message()).isEqualTo(message);
        assertThat(answer.usage()).isEqualTo(new Usage(3, 4));
    }

    @ParameterizedTest
    @CsvSource({"Retry-After, 7, 7000", "retry-after, 7, 7000", "Retry-After, soon, 0"})
    void anAgentMayAskToBeLeftAlone(String header, String value, long millis) {
        assertThat(TopicMessages.answer(reply("", "Millrace-Status", "429", header, value))
                        .retryAfterMs())
                .isEqualTo(millis);
    }

    @Test
    void theValueIsTheOutput() {
        assertThat(TopicMessages.answer(reply(" {\"a\":1} ")).output()).isEqualTo("{\"a\":1}");
        assertThat(TopicMessages.answer(reply("1", "Millrace-Status", "201")).output())
                .isEqualTo("1");
    }

    @Test
    void aValueThatIsNoAnswerIsNone() {
        assertThat(code(reply("hello"))).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
        assertThat(code(reply(null))).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
        assertThat(code(reply("\"" + "x".repeat(AgentOutcome.MAX_OUTPUT_BYTES) + "\"")))
                .isEqualTo(AgentErrorCode.OUTPUT_TOO_LARGE);
    }

    private static AgentErrorCode code(ConsumerRecord<byte[], byte[]> reply) {
        return TopicMessages.answer(reply).error().code();
    }

    @Test
    void aReplyMaySayNothingOfItself() {
        assertThat(TopicMessages.attemptId(reply("1"))).isNull();
        ConsumerRecord<byte[], byte[]> empty = reply("1");
        empty.headers().add("Millrace-Attempt-Id", null);
        assertThat(TopicMessages.attemptId(empty)).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> reply(String value, String... headers) {
        ConsumerRecord<byte[], byte[]> reply = new ConsumerRecord<>(
                "replies", 0, 0, null, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < headers.length; i += 2) {
            reply.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return reply;
    }
}
