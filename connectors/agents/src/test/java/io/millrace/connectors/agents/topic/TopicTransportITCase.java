package io.millrace.connectors.agents.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.AnswerFuture;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.Secrets;
import io.millrace.connectors.agents.TransportContext;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.operations.kafka.TopicSpec;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import io.millrace.testing.Await;
import io.millrace.testing.kafka.TopicProbe;
import io.millrace.testing.process.FreePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Calls over a real broker; the test itself is the agent. */
class TopicTransportITCase {
    private static final String INPUT = "{\"text\":\"é\"}";

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;

    private String requests;
    private String replies;
    private String settings;
    private TopicProbe probe;
    private AgentTransports transports;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.at(directory)
                .setting("auto.create.topics.enable", "true")
                .start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().getName();
        requests = "agent-requests-" + name;
        replies = "replies-" + name;
        settings = to(requests);
        probe = new TopicProbe(broker, List.of(TopicSpec.logAppended(requests, 4), TopicSpec.logAppended(replies, 4)));
        transports = AgentTransports.open(TransportSettings.DEFAULTS.with(kafka(broker.bootstrapServers())));
    }

    @AfterEach
    void stop() {
        transports.close();
        probe.close();
    }

    private static String to(String topic) {
        return "{'kind':'topic','topic':'" + topic + "'}";
    }

    private TransportSettings.Kafka kafka(String servers) {
        return new TransportSettings.Kafka(Map.of("bootstrap.servers", servers), replies, List.of("agent-requests-"));
    }

    private CompletableFuture<AgentAnswer> call() {
        return transports.call(Attempts.of(settings, INPUT));
    }

    private AgentAnswer answer(String to) {
        return Attempts.answer(transports, Attempts.of(to, INPUT));
    }

    private List<ConsumerRecord<byte[], byte[]>> awaitRequests(int count) throws Exception {
        probe.await(count + " requests", () -> probe.read(requests).size() == count);
        return probe.read(requests);
    }

    private void reply(ConsumerRecord<byte[], byte[]> request, String output, String... headers) {
        List<Header> all = new ArrayList<>();
        all.add(request.headers().lastHeader("Millrace-Attempt-Id"));
        for (int i = 0; i < headers.length; i += 2) {
            all.add(TopicProbe.header(headers[i], headers[i + 1]));
        }
        probe.publish(
                TopicProbe.header(request, "Millrace-Reply-To"),
                TopicProbe.key(request),
                output.getBytes(StandardCharsets.UTF_8),
                all.toArray(Header[]::new));
    }

    @Test
    void aWorkerAnswers() throws Exception {
        CompletableFuture<AgentAnswer> call = call();
        ConsumerRecord<byte[], byte[]> request = awaitRequests(1).get(0);

        reply(request, INPUT, "Millrace-Usage", "input=3, output=4");

        assertThat(Attempts.await(call)).isEqualTo(new AgentAnswer(Status.OK, INPUT, null, 0, new Usage(3, 4)));
        assertThat(TopicProbe.key(request)).isEqualTo(Attempts.KEY);
        assertThat(new String(request.value(), StandardCharsets.UTF_8)).isEqualTo(INPUT);
        assertThat(TopicProbe.header(request, "Millrace-Attempt-Id")).isEqualTo(Attempts.KEY + "#1");
    }

    @Test
    void aWorkerSaysThatAndHowItFailed() throws Exception {
        CompletableFuture<AgentAnswer> call = call();

        reply(awaitRequests(1).get(0), "secret", "Millrace-Status", "429", "Retry-After", "7");

        AgentAnswer answer = Attempts.await(call);
        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.RATE_LIMITED);
        assertThat(answer.error().message()).isEqualTo("agent status 429");
        assertThat(answer.retryAfterMs()).isEqualTo(7_000);
    }

    @Test
    void aTopicThatThereIsNotIsNotMade() {
        String missing = "agent-requests-not-there";

        assertUnreachable(answer(to(missing)), "there is no topic \"" + missing + "\"");

        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            assertThat(admin.names()).contains(requests).doesNotContain(missing);
            admin.ensure(List.of(TopicSpec.logAppended(missing, 1)));
        }
        transports.call(Attempts.of(to(missing), INPUT)).cancel(true);
    }

    @Test
    void withoutATopicForRepliesNothingIsAsked() throws Exception {
        replies = "replies-not-there";
        try (AgentTransports others =
                AgentTransports.open(TransportSettings.DEFAULTS.with(kafka(broker.bootstrapServers())))) {
            assertUnreachable(
                    Attempts.answer(others, Attempts.of(settings, INPUT)), "there is no topic \"replies-not-there\"");
            assertThat(probe.poll().read(requests)).isEmpty();

            try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
                assertThat(admin.names()).doesNotContain(replies);
                admin.ensure(List.of(TopicSpec.logAppended(replies, 1)));
            }
            CompletableFuture<AgentAnswer> call = others.call(Attempts.of(settings, INPUT));
            reply(awaitRequests(1).get(0), "1");
            assertThat(Attempts.await(call).output()).isEqualTo("1");
        }
    }

    private static void assertUnreachable(AgentAnswer answer, String message) {
        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
        assertThat(answer.error().message()).isEqualTo(message);
    }

    @Test
    void aTopicThatTheJobDoesNotAllowIsNotWritten() {
        AgentAnswer answer = answer(to(replies));

        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNAUTHORIZED);
        assertThat(answer.error().message())
                .endsWith("does not allow to send requests to the topic \"" + replies + "\"");
        assertThat(probe.poll().read(replies)).isEmpty();
    }

    @Test
    void repliesForNobodyAreDropped() throws Exception {
        CompletableFuture<AgentAnswer> first = call();
        ConsumerRecord<byte[], byte[]> request = awaitRequests(1).get(0);
        probe.publish(replies, null, null);
        probe.publish(replies, "k", "1".getBytes(StandardCharsets.UTF_8));
        probe.publish(
                replies,
                "k",
                "1".getBytes(StandardCharsets.UTF_8),
                TopicProbe.header("Millrace-Attempt-Id", "somebody-else#1"));
        reply(request, "2");
        reply(request, "3");
        assertThat(Attempts.await(first).output()).isEqualTo("2");
        assertThat(transports.underWay()).isZero();

        CompletableFuture<AgentAnswer> second = transports.call(Attempts.under("another", settings, INPUT));
        awaitRequests(2).stream()
                .filter(each -> !TopicProbe.key(each).equals(TopicProbe.key(request)))
                .forEach(each -> reply(each, "4"));

        assertThat(Attempts.await(second).output()).isEqualTo("4");
    }

    @Test
    void eachTaskTakesItsOwnReplies() throws Exception {
        try (AgentTransports others =
                AgentTransports.open(TransportSettings.DEFAULTS.with(kafka(broker.bootstrapServers())))) {
            List<CompletableFuture<AgentAnswer>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add((i % 2 == 0 ? transports : others)
                        .call(Attempts.under("key-" + i, settings, Integer.toString(i))));
            }
            awaitRequests(100).forEach(request -> reply(request, text(request)));

            for (int i = 0; i < 100; i++) {
                assertThat(Attempts.await(calls.get(i)).output()).isEqualTo(Integer.toString(i));
            }
        }
    }

    private static String text(ConsumerRecord<byte[], byte[]> request) {
        return new String(request.value(), StandardCharsets.UTF_8);
    }

    @Test
    void aCancelledCallIsForgotten() throws Exception {
        TransportContext context = new TransportContext(
                TransportSettings.DEFAULTS.with(kafka(broker.bootstrapServers())), new Secrets(null, Map.of()), null);
        try (TopicTransport transport = new TopicTransport(context)) {
            AnswerFuture call = transport.call(Attempts.of(settings, INPUT));
            awaitRequests(1);
            assertThat(transport.waiting()).isEqualTo(1);
            Await.until("the agent to be asked", call::wasAsked);

            call.cancel(true);

            assertThat(transport.waiting()).isZero();
        }
    }

    @Test
    void anInputThatTheTopicDoesNotTakeIsRejected() {
        String small = "agent-requests-small";
        try (TopicAdmin admin = new TopicAdmin(broker.bootstrapServers())) {
            admin.ensure(List.of(TopicSpec.logAppended(small, 1).with("max.message.bytes", "1000")));
        }

        AgentAnswer answer = Attempts.answer(transports, Attempts.of(to(small), "\"" + "x".repeat(2_000) + "\""));

        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
    }

    @Test
    void theCallerDoesNotWaitForABrokerThatIsNotThere() {
        try (AgentTransports none =
                AgentTransports.open(TransportSettings.DEFAULTS.with(kafka("localhost:" + FreePort.find())))) {
            CompletableFuture<AgentAnswer> call = none.call(Attempts.of(settings, INPUT));

            assertThat(call)
                    .as("Kafka's clients look for the broker for ten seconds")
                    .isNotDone();
            assertUnreachable(Attempts.await(call), "there is no connection to Kafka");
        }
    }

    @Test
    void whatIsNotConfiguredIsSaid() {
        try (AgentTransports none = AgentTransports.open(TransportSettings.DEFAULTS)) {
            assertThat(none.reaches("topic")).isFalse();
            assertThat(Attempts.answer(none, Attempts.of(settings, INPUT))
                            .error()
                            .message())
                    .isEqualTo("the job's configuration names no Kafka");
        }
        assertThat(transports.reaches("topic")).isTrue();
    }

    @Test
    void nothingIsConnectedBeforeTheFirstCall() throws Exception {
        Await.until("the threads of other tests to end", () -> threads().isEmpty());
        CompletableFuture<AgentAnswer> call = call();
        reply(awaitRequests(1).get(0), "1");
        Attempts.await(call);
        assertThat(threads()).isNotEmpty();

        transports.close();

        Await.until("the transport's threads to end", () -> threads().isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("agents-topic-"))
                .toList();
    }

    @Test
    void aThousandCallsAreUnderWayAtOnce() throws Exception {
        int threadsBefore = Thread.activeCount();
        List<CompletableFuture<AgentAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(transports.call(Attempts.under("key-" + i, settings, Integer.toString(i))));
        }
        List<ConsumerRecord<byte[], byte[]>> all = awaitRequests(1_000);
        int threadsMeanwhile = Thread.activeCount();
        assertThat(transports.underWay()).isEqualTo(1_000);

        all.forEach(request -> reply(request, text(request)));

        for (int i = 0; i < 1_000; i++) {
            assertThat(Attempts.await(calls.get(i)).output()).isEqualTo(Integer.toString(i));
        }
        assertThat(threadsMeanwhile - threadsBefore).isLessThan(10);
    }
}
