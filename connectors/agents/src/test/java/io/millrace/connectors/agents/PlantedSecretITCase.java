package io.millrace.connectors.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentServer.Response;
import io.millrace.connectors.agents.TransportSettings.Kafka;
import io.millrace.connectors.agents.TransportSettings.Llm;
import io.millrace.connectors.agents.TransportSettings.LlmApi;
import io.millrace.connectors.agents.TransportSettings.LlmCredential;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.BrokerProcess;
import io.millrace.testing.llm.LlmReply;
import io.millrace.testing.llm.LlmServer;
import io.millrace.testing.process.FreePort;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With every log at its finest level, neither a payload nor a credential appears in one, nor in what a failure says.
 */
class PlantedSecretITCase {
    private static final String PLANTED = "planted7c1f";
    private static final String INPUT = "{\"text\":\"" + PLANTED + "\"}";
    private static final String HEADER = ",'headers':{'authorization':{'secret':'token'},'x-plain':'" + PLANTED + "'}}";

    private static final String REQUESTS = "agent-requests-helper";
    private static final String REPLIES = "agent-replies";

    private static Kafka kafka(BrokerProcess broker) {
        return new Kafka(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "sasl.jaas.config",
                        PlainLoginModule.class.getName() + " required username=\"me\" password=\"" + PLANTED + "\";"),
                REPLIES,
                List.of("agent-requests-"));
    }

    @Test
    void itStaysWhereItBelongs(@TempDir Path secrets, @TempDir Path directory) throws IOException {
        Files.writeString(secrets.resolve("token"), PLANTED);
        Files.writeString(secrets.resolve("token.hosts"), "localhost");
        StringWriter log = new StringWriter();
        LoggerContext context = (LoggerContext) LogManager.getContext(false);
        LoggerConfig root = context.getConfiguration().getRootLogger();
        Level level = root.getLevel();
        WriterAppender appender = WriterAppender.createAppender(
                PatternLayout.newBuilder().withPattern("%p %c %m%n%ex").build(), null, log, "planted", false, true);
        appender.start();
        root.addAppender(appender, Level.ALL, null);
        root.setLevel(Level.ALL);
        context.updateLoggers();
        // In a process of its own: a broker may log what it is given.
        try (BrokerProcess broker = BrokerProcess.start(directory, Await.LIMIT);
                LlmServer llm = LlmServer.start();
                AgentServer agent = new AgentServer();
                AgentTransports transports = AgentTransports.open(Attempts.HERE
                        .secretsIn(secrets.toString())
                        .with(kafka(broker))
                        .with(new Llm(llm.azureEndpoint(), LlmApi.AZURE, "gpt", LlmCredential.KEY, "token", null)))) {
            String url = "{'kind':'http','url':'" + agent.url() + "/?key=" + PLANTED + "'";
            for (Response response : List.of(
                    Response.of(500, PLANTED),
                    Response.of(200, PLANTED),
                    Response.of(307, "").with("Location", "http://" + PLANTED + "/"),
                    Response.truncated("\"" + PLANTED))) {
                agent.answer(response);
                fails(transports, url + HEADER);
                fails(transports, url + ",'protocol':'a2a'" + HEADER);
            }
            fails(transports, url.replace("http://", "https://") + HEADER);
            fails(transports, "{'kind':'http','url':'http://localhost:" + FreePort.find() + "/" + PLANTED + "'}");
            fails(transports, "{'kind':'http','url':'http://" + PLANTED + ".invalid/'}");
            fails(transports, "{'kind':'in-process','name':'summariser','url':'" + PLANTED + "','temperature':7}");
            for (LlmReply reply : List.of(
                    LlmReply.error(400, "a " + PLANTED, PLANTED),
                    LlmReply.of(500, PLANTED),
                    LlmReply.of(200, PLANTED),
                    LlmReply.answer(PLANTED, 1, 1),
                    LlmReply.unauthorized(),
                    LlmReply.truncated(),
                    LlmReply.closed())) {
                llm.next(reply);
                fails(transports, "{'kind':'llm','system':'" + PLANTED + "'}");
            }
            topicFails(transports, broker);
            // What it was planted for has arrived.
            assertThat(agent.lastRequest().headers()).containsEntry("authorization", PLANTED);
            assertThat(llm.requests().get(0).headers()).containsEntry("api-key", PLANTED);
        } finally {
            root.removeAppender("planted");
            root.setLevel(level);
            context.updateLoggers();
        }
        assertThat(log.toString()).isNotEmpty().doesNotContain(PLANTED);
    }

    /**
     * Requests to a worker on a topic, the topics of which come one after the other, and which answers with what it
     * must not.
     */
    private static void topicFails(AgentTransports transports, BrokerProcess broker) {
        String settings = "{'kind':'topic','topic':'" + REQUESTS + "','x':'" + PLANTED + "'}";
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers());
                Producer<byte[], byte[]> worker = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            fails(transports, settings);
            admin.ensure(List.of(TopicSpec.logAppended(REPLIES, 1)));
            fails(transports, settings);
            admin.ensure(List.of(TopicSpec.logAppended(REQUESTS, 1)));
            for (String status : List.of("200", "429", PLANTED)) {
                CompletableFuture<AgentAnswer> call = transports.call(Attempts.of(settings, INPUT));
                Await.until("its answer", () -> {
                    ProducerRecord<byte[], byte[]> reply =
                            new ProducerRecord<>(REPLIES, PLANTED.getBytes(StandardCharsets.UTF_8));
                    reply.headers()
                            .add("Millrace-Attempt-Id", (Attempts.KEY + "#1").getBytes(StandardCharsets.UTF_8))
                            .add("Millrace-Status", status.getBytes(StandardCharsets.UTF_8))
                            .add("Retry-After", PLANTED.getBytes(StandardCharsets.UTF_8));
                    worker.send(reply);
                    return call.isDone();
                });
                assertFailed(Attempts.await(call));
            }
        }
    }

    private static void fails(AgentTransports transports, String settings) {
        assertFailed(Attempts.answer(transports, Attempts.of(settings, INPUT)));
    }

    private static void assertFailed(AgentAnswer answer) {
        assertThat(answer.status()).isNotEqualTo(Status.OK);
        assertThat(answer.toString()).doesNotContain(PLANTED);
    }
}
