package io.millrace.agents.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.connectors.agents.java.AgentInput;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.knowledge.KnowledgeDocument;
import io.millrace.testing.Await;
import io.millrace.testing.agent.AskedAgent;
import io.millrace.testing.kafka.TopicProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Documents over a real broker, asked for as the job asks. */
class KnowledgeAgentITCase {
    private static final String INPUT = "{\"query\":\"When does the lighthouse open?\",\"language\":\"en\"}";

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.at(directory).start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static String topic(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName() + "-knowledge-documents";
    }

    private static TopicProbe probe(String topic) {
        return new TopicProbe(broker, List.of(TopicSpec.logAppended(topic, 2).with("cleanup.policy", "compact")));
    }

    private static AgentTransports open() {
        return AgentTransports.open(TransportSettings.DEFAULTS.with(new TransportSettings.Kafka(
                Map.of("bootstrap.servers", broker.bootstrapServers()), "replies", List.of("requests-"))));
    }

    private static AgentAnswer ask(AgentTransports transports, String topic, String tenant) throws Exception {
        String settings = "{\"kind\":\"in-process\",\"name\":\"knowledge\",\"topic\":\"" + topic + "\"}";
        return transports
                .call(AskedAgent.inProcess(tenant, "knowledge", settings, INPUT))
                .get(60, TimeUnit.SECONDS);
    }

    private static List<String> found(AgentAnswer answer) throws Exception {
        JsonNode hits = AgentInput.JSON.readTree(answer.output()).path("hits");
        return hits.findValuesAsText("document_id");
    }

    private static void publish(TopicProbe probe, String topic, KnowledgeDocument document) {
        probe.publish(topic, document.key(), document.toJson());
        probe.flush();
    }

    private static boolean isReading(AgentAnswer answer) {
        return answer.error() != null && answer.error().code() == AgentErrorCode.OVERLOADED;
    }

    @Test
    void whatIsOnTheTopicIsFoundByItsTenantUntilItIsWithdrawn(TestInfo test) throws Exception {
        String topic = topic(test);
        KnowledgeDocument document = Shop.text("a", "light", "The lighthouse opens at nine, except on Mondays.");
        try (TopicProbe probe = probe(topic);
                AgentTransports one = open();
                AgentTransports other = open()) {
            publish(probe, topic, document);
            // Never less than all there was: an answer is "not yet", or has it.
            Await.until("the document is found", () -> {
                AgentAnswer answer = ask(one, topic, "a");
                assertThat(isReading(answer) || found(answer).equals(List.of("light")))
                        .isTrue();
                return !isReading(answer);
            });
            // The index is that of the process.
            assertThat(found(ask(other, topic, "a"))).containsExactly("light");
            assertThat(found(ask(one, topic, "b"))).isEmpty();

            probe.publish(topic, document.key(), null);
            probe.flush();
            Await.until(
                    "the document is gone", () -> found(ask(one, topic, "a")).isEmpty());

            publish(probe, topic, Shop.text("b", "bad/id", "The lighthouse of others opens at ten in the morning."));
            Await.until("what comes later is found", () -> found(ask(one, topic, "b"))
                    .equals(List.of("bad/id")));
        }
    }

    @Test
    void untilThereIsATopicTheCallIsToBeMadeAgain(TestInfo test) throws Exception {
        String topic = topic(test);
        try (AgentTransports transports = open()) {
            assertThat(ask(transports, topic, "a").error().code()).isEqualTo(AgentErrorCode.OVERLOADED);
            try (TopicProbe probe = probe(topic)) {
                publish(probe, topic, Shop.text("a", "light", "The lighthouse opens at nine, except on Mondays."));
                Await.until("the document is found", () -> {
                    AgentAnswer answer = ask(transports, topic, "a");
                    return !isReading(answer) && found(answer).equals(List.of("light"));
                });
            }
        }
    }

    @Test
    void anyOtherTopicIsRefused() throws Exception {
        try (AgentTransports transports = open()) {
            assertThat(ask(transports, "conversation-events", "a").error().message())
                    .isEqualTo("transport.topic: must be a name that ends with knowledge-documents");
        }
    }
}
