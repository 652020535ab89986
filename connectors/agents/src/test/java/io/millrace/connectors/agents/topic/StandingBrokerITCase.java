package io.millrace.connectors.agents.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.BrokerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that stands still, connections open, and one that is killed. */
@Timeout(600)
class StandingBrokerITCase {
    private static final String REPLIES = "replies";
    private static final String REQUESTS = "agent-requests-helper";
    private static final String SETTINGS = "{'kind':'topic','topic':'" + REQUESTS + "'}";

    private BrokerProcess broker;
    private AgentTransports transports;
    private Producer<byte[], byte[]> agent;

    @BeforeEach
    void start(@TempDir Path directory) {
        broker = BrokerProcess.start(directory, Await.LIMIT);
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.ensure(List.of(TopicSpec.logAppended(REPLIES, 2), TopicSpec.logAppended(REQUESTS, 2)));
        }
        Map<String, String> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        agent = new KafkaProducer<>(Map.copyOf(client), new ByteArraySerializer(), new ByteArraySerializer());
        transports = AgentTransports.open(TransportSettings.DEFAULTS.with(
                new TransportSettings.Kafka(client, REPLIES, List.of("agent-requests-"))));
    }

    @AfterEach
    void stop() {
        broker.process().resume();
        transports.close();
        agent.close(Duration.ZERO);
        broker.close();
    }

    private AgentAnswer call(String key) {
        return Attempts.await(transports.call(Attempts.under(key, SETTINGS, "1")));
    }

    /** A call that Kafka has taken. On a busy machine the first ones may end before there is a connection. */
    private AnswerFuture asked() {
        AnswerFuture[] last = new AnswerFuture[1];
        Await.until("a call that Kafka has taken", () -> {
            if (last[0] == null || last[0].isDone()) {
                last[0] = (AnswerFuture) transports.call(Attempts.within(600_000, SETTINGS, "1"));
            }
            return last[0].wasAsked();
        });
        return last[0];
    }

    /** Calls until one is answered. */
    private void awaitAnswer(String key) {
        Await.until("an answer", () -> {
            CompletableFuture<AgentAnswer> call = transports.call(Attempts.under(key, SETTINGS, "1"));
            Await.until("its end", () -> {
                ProducerRecord<byte[], byte[]> reply =
                        new ProducerRecord<>(REPLIES, "2".getBytes(StandardCharsets.UTF_8));
                reply.headers().add("Millrace-Attempt-Id", (key + "#1").getBytes(StandardCharsets.UTF_8));
                agent.send(reply);
                return call.isDone();
            });
            return Attempts.await(call).status() == Status.OK;
        });
    }

    private static void assertUnreachable(AgentAnswer answer) {
        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
        assertThat(answer.error().message()).isEqualTo("there is no connection to Kafka");
    }

    @Test
    void attemptsEndAndLaterOnesAreMade() {
        AnswerFuture asked = asked();
        awaitAnswer("first");

        broker.process().pause();
        assertUnreachable(call("paused"));
        broker.process().resume();
        awaitAnswer("resumed");

        broker.process().kill();
        assertUnreachable(call("killed"));
        broker.launch();
        broker.awaitServing(Await.LIMIT);
        awaitAnswer("launched");
        assertThat(asked).isNotDone();

        broker.process().pause();
        // It returns while the broker stands still.
        transports.close();
        assertThat(Attempts.await(asked).error().message()).isEqualTo("the call was given up");
    }
}
