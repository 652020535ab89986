package io.millrace.connectors.agents.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import io.millrace.testing.Await;
import io.millrace.testing.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.service.Service;
import io.nats.service.ServiceBuilder;
import io.nats.service.ServiceEndpoint;
import io.nats.service.ServiceMessageHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatsTransportITCase {
    private static final String SUBJECT = "{'kind':'nats','subject':'agents.helper'}";
    private static final String SERVICE = "{'kind':'nats','service':'helper'}";

    @TempDir
    private Path directory;

    private NatsServer server;
    private Connection agent;
    private AgentTransports transports;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = NatsServer.start(directory);
        agent = Nats.connect(server.url());
        transports = open(new TransportSettings.Nats(List.of(server.url()), null, null));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            transports.close();
            agent.close();
            server.close();
        }
    }

    private AgentTransports open(TransportSettings.Nats servers) {
        return AgentTransports.open(
                TransportSettings.DEFAULTS.secretsIn(directory.toString()).with(servers));
    }

    private AgentAnswer call(String settings) {
        return Attempts.answer(transports, Attempts.of(settings, "{\"text\":\"é\"}"));
    }

    private void subscribe(MessageHandler handler) throws InterruptedException, IOException {
        agent.createDispatcher(handler).subscribe("agents.helper");
        flush();
    }

    private void flush() throws IOException, InterruptedException {
        agent.RTT();
    }

    private void reply(Message to, String body) {
        agent.publish(to.getReplyTo(), body.getBytes(StandardCharsets.UTF_8));
    }

    private Service service(String subject, ServiceMessageHandler handler) throws IOException, InterruptedException {
        Service service = new ServiceBuilder()
                .connection(agent)
                .name("helper")
                .version("1.0.0")
                .addServiceEndpoint(ServiceEndpoint.builder()
                        .endpointName("other")
                        .endpointSubject(subject + ".other")
                        .handler(message -> message.respond(agent, "\"other\""))
                        .build())
                .addServiceEndpoint(ServiceEndpoint.builder()
                        .endpointName("main")
                        .endpointSubject(subject)
                        .handler(handler)
                        .build())
                .build();
        service.startService();
        flush();
        return service;
    }

    @Test
    void aSubscriberOfTheSubjectAnswers() throws IOException, InterruptedException {
        List<Message> requests = new CopyOnWriteArrayList<>();
        subscribe(message -> {
            requests.add(message);
            Headers headers = new Headers().add("Millrace-Usage", "input=3, output=4");
            agent.publish(message.getReplyTo(), headers, message.getData());
        });

        AgentAnswer answer = Attempts.answer(transports, Attempts.afterError(SUBJECT, "{\"text\":\"é\"}", "wrong"));

        assertThat(answer).isEqualTo(new AgentAnswer(Status.OK, "{\"text\":\"é\"}", null, 0, new Usage(3, 4)));
        Headers headers = requests.get(0).getHeaders();
        assertThat(headers.getFirst("Idempotency-Key")).isEqualTo(Attempts.KEY);
        assertThat(headers.getFirst("Millrace-Attempt")).isEqualTo("2");
        assertThat(headers.getFirst("Millrace-Previous-Error")).isEqualTo("wrong");
        assertThat(headers.getFirst("Correlation-Id")).isEqualTo("correlation %C3%A9");
        assertThat(headers.getFirst("traceparent")).startsWith("00-");
        assertThat(headers.getFirst("Millrace-Deadline")).endsWith("Z");
    }

    @Test
    void aServiceIsDiscoveredAndFoundAgainElsewhere() throws IOException, InterruptedException {
        Service first = service("here.main", message -> message.respond(agent, "1"));
        assertThat(call("{'kind':'nats','service':'helper','endpoint':'main'}").output())
                .isEqualTo("1");
        first.stop();
        flush();
        Service second = service("there.main", message -> message.respond(agent, "2"));

        assertThat(call("{'kind':'nats','service':'helper','endpoint':'main'}").output())
                .isEqualTo("2");
        assertThat(call("{'kind':'nats','service':'helper','endpoint':'other'}").output())
                .isEqualTo("\"other\"");
        assertUnreachable(
                call("{'kind':'nats','service':'helper','endpoint':'none'}"), "the service has no such endpoint");
        second.stop();
    }

    @Test
    void nobodyThereIsTriedAgain() {
        assertUnreachable(call(SUBJECT), "nobody answers requests on the subject");
        assertUnreachable(call(SERVICE), "nobody answers requests on the subject");
        assertThat(call(SUBJECT).unmetered()).isFalse();
    }

    private static void assertUnreachable(AgentAnswer answer, String message) {
        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
        assertThat(answer.error().message()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({
        "400, FAILED, AGENT_REJECTED, service error 400",
        "401, FAILED, UNAUTHORIZED, service error 401",
        "429, RETRYABLE, RATE_LIMITED, service error 429",
        "500, RETRYABLE, AGENT_FAILED, service error 500",
        "7, FAILED, AGENT_FAILED, service error",
    })
    void anErrorOfTheServiceMeansWhatItSays(int error, Status status, AgentErrorCode code, String message)
            throws IOException, InterruptedException {
        service("here.main", request -> request.respondStandardError(agent, "secret", error));

        AgentAnswer answer = call("{'kind':'nats','service':'helper','endpoint':'main'}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error().code()).isEqualTo(code);
        assertThat(answer.error().message()).isEqualTo(message);
    }

    @Test
    void anAnswerThatIsNoJsonIsTriedAgain() throws IOException, InterruptedException {
        subscribe(message -> reply(message, "hello"));

        assertThat(call(SUBJECT).error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
    }

    @Test
    void anAnswerMayNotBeTooLarge() throws IOException, InterruptedException {
        subscribe(message -> reply(message, "\"" + "x".repeat(AgentOutcome.MAX_OUTPUT_BYTES) + "\""));

        assertThat(call(SUBJECT).error().code()).isEqualTo(AgentErrorCode.OUTPUT_TOO_LARGE);
    }

    @Test
    void anInputThatNatsDoesNotCarryIsRejected() throws IOException, InterruptedException {
        subscribe(message -> reply(message, "1"));
        String large = "\"" + "x".repeat((int) agent.getMaxPayload()) + "\"";

        AgentAnswer answer = Attempts.answer(transports, Attempts.of(SUBJECT, large));

        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
    }

    @Test
    void silenceTimesOut() throws IOException, InterruptedException {
        subscribe(message -> {});

        AgentAnswer answer = Attempts.answer(transports, Attempts.within(300, SUBJECT, "1"));

        assertThat(answer.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.ATTEMPT_TIMED_OUT);
        assertThat(answer.unmetered()).isTrue();
    }

    @Test
    void aServiceThatNamesASubjectWhichIsNoneIsAskedAgainForIt() throws IOException, InterruptedException {
        List<String> named = new CopyOnWriteArrayList<>(List.of("two words"));
        agent.createDispatcher(message ->
                        reply(message, "{\"endpoints\":[{\"name\":\"main\",\"subject\":\"" + named.get(0) + "\"}]}"))
                .subscribe("$SRV.INFO.helper");
        subscribe(message -> reply(message, "1"));

        assertUnreachable(call(SERVICE), "the service has no such endpoint");
        named.set(0, "agents.helper");

        assertThat(call(SERVICE).output()).isEqualTo("1");
    }

    @Test
    void aCancelledCallIsOver() throws IOException, InterruptedException {
        List<Message> requests = new CopyOnWriteArrayList<>();
        subscribe(requests::add);
        CompletableFuture<AgentAnswer> call = transports.call(Attempts.of(SUBJECT, "1"));
        Await.until("the agent to be asked", () -> requests.size() == 1);

        call.cancel(true);

        reply(requests.get(0), "1");
        subscribe(message -> reply(message, "2"));
        assertThat(call).isCancelled();
        assertThat(call(SUBJECT).output()).isEqualTo("2");
    }

    @Test
    void aServerThatComesBackIsFoundAgain() throws IOException, InterruptedException {
        subscribe(message -> reply(message, "1"));
        assertThat(call(SUBJECT).output()).isEqualTo("1");

        server.kill();
        Await.until(
                "the connection to be missed",
                () -> call(SUBJECT).error().message().equals("there is no connection to NATS"));
        server.start();

        Await.until("an answer", () -> call(SUBJECT).status() == Status.OK);
    }

    @Test
    void aServerThatIsNotThereAtFirstIsFoundLater() {
        server.kill();
        assertUnreachable(call(SUBJECT), "there is no connection to NATS");

        server.start();

        Await.until(
                "the connection",
                () -> call(SUBJECT).error().message().equals("nobody answers requests on the subject"));
    }

    @Test
    void theCallerDoesNotWaitForTheConnection() throws IOException {
        // It takes connections and never says anything, so that the connection is not made before the client gives up.
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                AgentTransports other = open(
                        new TransportSettings.Nats(List.of("nats://localhost:" + silent.getLocalPort()), null, null))) {
            CompletableFuture<AgentAnswer> call = other.call(Attempts.of(SUBJECT, "1"));

            assertThat(call).isNotDone();
            assertUnreachable(Attempts.await(call), "there is no connection to NATS");
        }
    }

    @Test
    void aTokenIsASecret() throws IOException, InterruptedException {
        server.close();
        server = NatsServer.start(directory, "--auth", "s3cret");
        Files.writeString(directory.resolve("nats-token"), "s3cret");
        List<String> servers = List.of(server.url());

        try (AgentTransports with = open(new TransportSettings.Nats(servers, null, "nats-token"));
                AgentTransports without = open(new TransportSettings.Nats(servers, null, null))) {
            assertUnreachable(
                    Attempts.answer(with, Attempts.of(SUBJECT, "1")), "nobody answers requests on the subject");
            AgentAnswer refused = Attempts.answer(without, Attempts.of(SUBJECT, "1"));
            assertThat(refused.status()).isEqualTo(Status.FAILED);
            assertThat(refused.error().code()).isEqualTo(AgentErrorCode.UNAUTHORIZED);
        }
        assertThatThrownBy(() -> open(new TransportSettings.Nats(servers, "no-such-file", null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-file");
    }

    @Test
    void whatIsNotConfiguredIsSaid() {
        try (AgentTransports none = AgentTransports.open(TransportSettings.DEFAULTS)) {
            assertThat(none.reaches("nats")).isFalse();
            assertThat(Attempts.answer(none, Attempts.of(SUBJECT, "1")).error().message())
                    .isEqualTo("the job's configuration names no NATS server");
        }
        assertThat(transports.reaches("nats")).isTrue();
    }

    @Test
    void aThousandCallsAreUnderWayAtOnce() throws IOException, InterruptedException {
        List<Message> requests = new CopyOnWriteArrayList<>();
        subscribe(requests::add);
        int threadsBefore = Thread.activeCount();
        List<CompletableFuture<AgentAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(transports.call(Attempts.under("key-" + i, SUBJECT, Integer.toString(i))));
        }
        Await.until("all to be under way", () -> requests.size() == 1_000);
        int threadsMeanwhile = Thread.activeCount();

        requests.forEach(message -> agent.publish(NatsMessage.builder()
                .subject(message.getReplyTo())
                .data(message.getData())
                .build()));

        for (int i = 0; i < 1_000; i++) {
            assertThat(Attempts.await(calls.get(i)).output()).isEqualTo(Integer.toString(i));
        }
        assertThat(threadsMeanwhile - threadsBefore).isLessThan(10);
    }
}
