package io.millrace.connectors.agents.topic;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransport;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.SettingsCache;
import io.millrace.connectors.agents.TransportContext;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentAttempt;
import io.millrace.schema.agent.AgentErrorCode;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Agents that are workers on a topic: each takes requests from its topic and answers on the topic of replies, which
 * every task reads whole. Nothing is connected before the first call.
 */
public final class TopicTransport implements AgentTransport {
    private final SettingsCache<TopicAgent> agents = new SettingsCache<>(TopicAgent::read);
    private final TransportSettings.Kafka settings;
    private final TopicLink link;

    public TopicTransport(TransportContext context) {
        settings = context.settings().kafka();
        link = new TopicLink(settings);
    }

    @Override
    public boolean isConfigured() {
        return !settings.client().isEmpty();
    }

    @Override
    public AnswerFuture call(AgentAttempt attempt) {
        return agents.call(attempt, agent -> call(attempt, agent.topic()));
    }

    private AnswerFuture call(AgentAttempt attempt, String topic) {
        if (!isConfigured()) {
            return AnswerFuture.of(
                    AgentAnswer.failed(AgentErrorCode.AGENT_FAILED, "the job's configuration names no Kafka"));
        }
        if (settings.requestTopicPrefixes().stream().noneMatch(topic::startsWith)) {
            return AnswerFuture.of(AgentAnswer.failed(
                    AgentErrorCode.UNAUTHORIZED,
                    "the job's configuration does not allow to send requests to the topic \"" + topic + "\""));
        }
        ProducerRecord<byte[], byte[]> request =
                TopicMessages.request(attempt, topic, settings.replyTopic(), System.currentTimeMillis());
        AnswerFuture answer = new AnswerFuture();
        answer.then(
                link.exchange(),
                exchange -> ask(exchange, attempt.attemptId(), request, answer),
                failure -> failure instanceof UnknownTopicOrPartitionException
                        ? noTopic(settings.replyTopic())
                        : TopicExchange.failure(failure));
        return answer;
    }

    private static void ask(
            TopicExchange exchange, String attemptId, ProducerRecord<byte[], byte[]> request, AnswerFuture answer) {
        answer.then(
                exchange.hasTopic(request.topic()),
                there -> {
                    if (there) {
                        exchange.ask(attemptId, request, answer);
                    } else {
                        answer.complete(noTopic(request.topic()));
                    }
                },
                TopicExchange::failure);
    }

    private static AgentAnswer noTopic(String topic) {
        return TopicExchange.unreachable("there is no topic \"" + topic + "\"");
    }

    /** How many attempts wait for a reply. */
    int waiting() {
        return link.waiting();
    }

    @Override
    public void close() {
        link.close();
    }
}
