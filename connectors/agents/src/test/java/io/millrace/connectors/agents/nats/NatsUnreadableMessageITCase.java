package io.millrace.connectors.agents.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.testing.Await;
import io.millrace.testing.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that the server passes on, and that NATS' own client for Java cannot read. */
class NatsUnreadableMessageITCase {
    private static final String ASKED = "{'kind':'nats','subject':'agents.asked'}";
    private static final String OTHER = "{'kind':'nats','subject':'agents.other'}";
    private static final String HEADERS = "NATS/9.9\r\nfoo\r\n\r\n";

    private final List<Message> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private NatsServer server;
    private Connection agent;
    private AgentTransports transports;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        server = NatsServer.start(directory);
        agent = Nats.connect(server.url());
        agent.createDispatcher(requests::add).subscribe("agents.asked");
        agent.createDispatcher(message -> reply(message, "1")).subscribe("agents.other");
        agent.RTT();
        transports = AgentTransports.open(
                TransportSettings.DEFAULTS.with(new TransportSettings.Nats(List.of(server.url()), null, null)));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            transports.close();
            agent.close();
            server.close();
        }
    }

    private void reply(Message to, String body) {
        agent.publish(to.getReplyTo(), body.getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<AgentAnswer> ask() {
        int before = requests.size();
        CompletableFuture<AgentAnswer> call = transports.call(Attempts.of(ASKED, "1"));
        Await.until("the agent to be asked", () -> requests.size() > before);
        return call;
    }

    /** As no library would: by the protocol's own words, after which the server has taken it. */
    private void publish(String subject, String headers) throws IOException {
        URI address = URI.create(server.url());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            String message =
                    "HPUB %s %d %d\r\n%s{}\r\n".formatted(subject, headers.length(), headers.length() + 2, headers);
            socket.getOutputStream()
                    .write(("CONNECT {\"verbose\":false,\"headers\":true}\r\n" + message + "PING\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            StringBuilder said = new StringBuilder();
            while (said.indexOf("PONG") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("%s", said).isNotNegative();
                said.append((char) next);
            }
        }
    }

    private AgentAnswer callOther() {
        return Attempts.answer(transports, Attempts.within(1_000, OTHER, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {HEADERS, "xxxxxxxx", "NATS/1.0\r\n:\r\n\r\n", "NATS/1.0 abc\r\n\r\n"})
    void aMessageThatCannotBeReadEndsNoOthersCalls(String headers) throws IOException {
        ask();
        publish(requests.get(0).getReplyTo(), headers);

        Await.until("an answer of another agent", () -> callOther().status() == Status.OK);
    }

    @Test
    void whoIsStillAskedIsHeardAfterIt() throws IOException {
        ask();
        CompletableFuture<AgentAnswer> slow = ask();
        publish(requests.get(0).getReplyTo(), HEADERS);
        Await.until("an answer of another agent", () -> callOther().status() == Status.OK);

        reply(requests.get(1), "\"late\"");

        assertThat(Attempts.await(slow).output()).isEqualTo("\"late\"");
    }

    @Test
    void itIsSurvivedTimeAndAgain() throws IOException {
        for (int i = 0; i < 5; i++) {
            ask();
            publish(requests.get(i).getReplyTo(), HEADERS);
            Await.until("an answer of another agent", () -> callOther().status() == Status.OK);
        }
    }
}
