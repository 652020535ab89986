package io.millrace.connectors.agents.http;

import static io.millrace.connectors.agents.Attempts.answer;
import static io.millrace.connectors.agents.Attempts.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.connectors.agents.AgentAnswer;
import io.millrace.connectors.agents.AgentServer;
import io.millrace.connectors.agents.AgentServer.Response;
import io.millrace.connectors.agents.AgentTransports;
import io.millrace.connectors.agents.Attempts;
import io.millrace.connectors.agents.TransportSettings;
import io.millrace.schema.agent.AgentError;
import io.millrace.schema.agent.AgentErrorCode;
import io.millrace.schema.agent.AgentOutcome;
import io.millrace.schema.agent.AgentOutcome.Status;
import io.millrace.schema.agent.Usage;
import io.millrace.testing.Await;
import io.millrace.testing.process.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportITCase {
    @TempDir
    private Path secrets;

    private AgentServer agent;
    private AgentTransports transports;

    @BeforeEach
    void start() {
        agent = new AgentServer();
        transports = AgentTransports.open(Attempts.HERE.secretsIn(secrets.toString()));
    }

    @AfterEach
    void stop() {
        transports.close();
        agent.close();
    }

    private AgentAnswer call(String more) {
        return answer(transports, Attempts.of(settings(more), "{\"text\":\"é\"}"));
    }

    private String settings(String more) {
        return "{'kind':'http','url':'" + agent.url() + "/summarise?a=b'" + more + "}";
    }

    @Test
    void theBodyIsTheInputAndItsAnswerTheOutput() {
        agent.answer(request ->
                Response.of(200, " {\"got\":" + request.body() + "}\n").with("Millrace-Usage", "input=812, output=64"));

        AgentAnswer answer = call("");

        assertThat(answer)
                .isEqualTo(new AgentAnswer(Status.OK, "{\"got\":{\"text\":\"é\"}}", null, 0, new Usage(812, 64)));
        assertThat(agent.lastRequest().path()).isEqualTo("/summarise?a=b");
        assertThat(agent.lastRequest().headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("user-agent", "millrace");
    }

    @Test
    void whatBelongsToTheCallIsPassedOn() {
        answer(transports, Attempts.afterError(settings(""), "1", "summary: expected a string – found null"));

        assertThat(agent.lastRequest().headers())
                .containsEntry("idempotency-key", Attempts.KEY)
                .containsEntry("millrace-attempt", "2")
                .containsEntry("millrace-previous-error", "summary: expected a string %E2%80%93 found null")
                .containsEntry("correlation-id", "correlation %C3%A9")
                .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Instant deadline = Instant.parse(agent.lastRequest().headers().get("millrace-deadline"));
        assertThat(deadline).isCloseTo(Instant.now().plusSeconds(30), within(10, ChronoUnit.SECONDS));
    }

    @Test
    void headersAreThoseOfTheDefinitionAndMayHoldASecret() throws IOException {
        Files.writeString(secrets.resolve("crm-token"), "s3cret\n");
        Files.writeString(secrets.resolve("crm-token.hosts"), "localhost\n");

        call(",'headers':{'Accept-Language':'fr','Authorization':{'prefix':'Bearer ','secret':'crm-token'}}");

        assertThat(agent.lastRequest().headers())
                .containsEntry("accept-language", "fr")
                .containsEntry("authorization", "Bearer s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines"})
    void withoutAUsableSecretNothingIsSent(String secret) throws IOException {
        if (!secret.isEmpty()) {
            Files.writeString(secrets.resolve("crm-token"), secret);
        }
        Files.writeString(secrets.resolve("crm-token.hosts"), "localhost");

        AgentAnswer answer = call(",'headers':{'a':{'secret':'crm-token'}}");

        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNAUTHORIZED);
        assertThat(answer.error().message()).contains("crm-token").doesNotContain("lines");
        assertThat(agent.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {"none", "crm.example.com", "*.localhost", "http://localhost"})
    void aSecretGoesOnlyToTheHostsItIsBoundTo(String hosts) throws IOException {
        Files.writeString(secrets.resolve("crm-token"), "s3cret\n");
        if (hosts != null) {
            Files.writeString(secrets.resolve("crm-token.hosts"), hosts);
        }

        AgentAnswer answer = call(",'headers':{'Authorization':{'prefix':'Bearer ','secret':'crm-token'}}");

        assertNotAllowed(
                answer,
                "the secret \"crm-token\" may not be sent to the host \"localhost\":"
                        + " crm-token.hosts in the job's keys.directory has to name it");
    }

    @Test
    void aSecretOfWhichNobodySaysWhereItMayGoGoesToHostsThatTheOperatorNamed() throws IOException {
        Files.writeString(secrets.resolve("crm-token"), "s3cret\n");
        Egress named = Egress.to(List.of("LOCALHOST"), List.of("127.0.0.0/8", "::1"));
        try (AgentTransports bound =
                AgentTransports.open(Attempts.HERE.secretsIn(secrets.toString()).with(named))) {
            answer(bound, Attempts.of(settings(",'headers':{'a':{'secret':'crm-token'}}"), "1"));
        }

        assertThat(agent.lastRequest().headers()).containsEntry("a", "s3cret");
    }

    @Test
    void requestsStayOnTheInternetUnlessTheOperatorSaysOtherwise() {
        try (AgentTransports outside = AgentTransports.open(TransportSettings.DEFAULTS)) {
            assertNotAllowed(
                    answer(outside, Attempts.of(settings(""), "1")),
                    "the host \"localhost\" has an address that is not of the internet (this machine itself)"
                            + " and in none of http.allowed-networks");
        }
    }

    @Test
    void requestsGoToTheHostsThatTheOperatorNamed() {
        Egress named = Egress.to(List.of("crm.example.com"), List.of("127.0.0.0/8", "::1"));
        try (AgentTransports others = AgentTransports.open(Attempts.HERE.with(named))) {
            assertNotAllowed(
                    answer(others, Attempts.of(settings(""), "1")),
                    "the host \"localhost\" is none of http.allowed-hosts");
        }
    }

    private void assertNotAllowed(AgentAnswer answer, String message) {
        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.error()).isEqualTo(new AgentError(AgentErrorCode.HOST_NOT_ALLOWED, message));
        assertThat(agent.requests()).isEmpty();
    }

    /** The address that was checked is connected to, whatever the name means by then; the agent is told its name. */
    @Test
    void theAddressThatWasCheckedIsConnectedTo() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(agent.url().replace("localhost", "no-such-host.invalid") + "/a%20b?c=d"))
                .setHeader("a", "b")
                .POST(HttpRequest.BodyPublishers.ofString("1"))
                .build();

        HttpRequest pinned = PinnedRequests.of(request, InetAddress.getByName("127.0.0.1"));
        try (HttpCalls calls = new HttpCalls("test", Egress.INTERNET)) {
            assertThat(await(calls.sendChecked(pinned, 100)).status()).isEqualTo(200);
        }

        assertThat(agent.lastRequest().path()).isEqualTo("/a%20b?c=d");
        assertThat(agent.lastRequest().headers())
                .containsEntry("a", "b")
                .containsEntry("host", "no-such-host.invalid:" + request.uri().getPort());
    }

    @ParameterizedTest
    @CsvSource({
        "400, FAILED, AGENT_REJECTED",
        "401, FAILED, UNAUTHORIZED",
        "403, FAILED, UNAUTHORIZED",
        "404, FAILED, AGENT_REJECTED",
        "408, RETRYABLE, AGENT_FAILED",
        "413, FAILED, AGENT_REJECTED",
        "425, RETRYABLE, AGENT_FAILED",
        "429, RETRYABLE, RATE_LIMITED",
        "500, RETRYABLE, AGENT_FAILED",
        "501, FAILED, AGENT_FAILED",
        "502, RETRYABLE, AGENT_FAILED",
        "503, RETRYABLE, AGENT_FAILED",
        "504, RETRYABLE, AGENT_FAILED",
        "520, RETRYABLE, AGENT_FAILED",
        "524, RETRYABLE, AGENT_FAILED",
        "525, FAILED, AGENT_FAILED",
        "529, RETRYABLE, AGENT_FAILED",
        "303, FAILED, AGENT_REJECTED",
    })
    void aStatusMeansWhatItSays(int status, Status expected, AgentErrorCode code) {
        agent.answer(Response.of(status, "{\"secret\":1}").with("Location", "/elsewhere"));

        AgentAnswer answer = call("");

        assertThat(answer.status()).isEqualTo(expected);
        assertThat(answer.error().code()).isEqualTo(code);
        assertThat(answer.error().message()).isEqualTo("HTTP status " + status);
        assertThat(agent.requests()).hasSize(1);
    }

    @Test
    void anAgentThatAsksToBeLeftAloneIsHeard() {
        agent.answer(Response.of(429, "").with("Retry-After", "7"));
        assertThat(call("").retryAfterMs()).isEqualTo(7_000);

        String inAMinute = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(60).atOffset(ZoneOffset.UTC));
        agent.answer(Response.of(503, "").with("Retry-After", inAMinute));
        assertThat(call("").retryAfterMs()).isBetween(40_000L, 60_000L);

        agent.answer(Response.of(503, "").with("Retry-After", "soon"));
        assertThat(call("").retryAfterMs()).isZero();
    }

    @Test
    void anAnswerThatIsNoJsonIsTriedAgain() {
        agent.answer(Response.of(200, "<html>"));

        AgentAnswer answer = call("");

        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
        assertThat(answer.error().message()).isEqualTo("the answer is no JSON (line 1, column 1)");
    }

    @Test
    void noContentIsNull() {
        agent.answer(Response.of(204, ""));

        assertThat(call("").output()).isEqualTo("null");
    }

    @Test
    void aWebhookMayAnswerAnything() {
        agent.answer(Response.of(202, "ok"));

        assertThat(call(",'output':'status'").output()).isEqualTo("{\"status\":202}");
    }

    @Test
    void anAnswerThatIsTooLargeIsNotReadToItsEnd() {
        agent.answer(Response.of(200, "\"" + "x".repeat(4 * AgentOutcome.MAX_OUTPUT_BYTES) + "\""));

        AgentAnswer answer = call("");

        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_TOO_LARGE);
    }

    @Test
    void redirectsWithinTheOriginAreFollowedThreeTimes() {
        agent.answer(request -> switch (request.path()) {
            case "/summarise?a=b" -> Response.of(307, "").with("Location", "/second");
            case "/second" -> Response.of(308, "").with("Location", agent.url() + "/third");
            case "/third" -> Response.of(302, "").with("Location", "last");
            default -> Response.of(200, request.body());
        });
        assertThat(call("").output()).isEqualTo("{\"text\":\"é\"}");
        assertThat(agent.lastRequest().path()).isEqualTo("/last");

        agent.answer(Response.of(307, "").with("Location", "/again"));
        assertThat(call("").error().message()).isEqualTo("HTTP status 307");
        assertThat(agent.requests()).hasSize(4 + 4);
    }

    @Test
    void redirectsElsewhereAreNotFollowed() {
        try (AgentServer other = new AgentServer()) {
            for (String location :
                    List.of(other.url() + "/", "http://me@localhost/", "http:// /", "https://localhost/")) {
                agent.answer(Response.of(307, "").with("Location", location));
                assertThat(call("").error().code()).isEqualTo(AgentErrorCode.AGENT_REJECTED);
            }
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void theSchemesLettersMayBeLargeAndTheHostAnAddress() {
        String port = agent.url().substring(agent.url().lastIndexOf(':'));
        for (String url : List.of("HTTP://localhost" + port, "http://127.0.0.1" + port, "http://LOCALHOST" + port)) {
            assertThat(answer(transports, Attempts.of("{'kind':'http','url':'" + url + "'}", "1"))
                            .status())
                    .isEqualTo(Status.OK);
        }
    }

    @Test
    void aCompressedAnswerIsRefusedInClearWords() {
        agent.answer(Response.of(200, "1").with("Content-Encoding", "gzip"));

        AgentAnswer answer = call("");

        assertThat(agent.lastRequest().headers()).containsEntry("accept-encoding", "identity");
        assertThat(answer.status()).isEqualTo(Status.FAILED);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
        assertThat(answer.error().message())
                .isEqualTo("the answer is compressed (gzip), though the request says Accept-Encoding: identity");

        agent.answer(Response.of(503, "busy").with("Content-Encoding", "gzip"));
        assertThat(call("").error().message()).isEqualTo("HTTP status 503");

        agent.answer(Response.of(200, "1").with("Content-Encoding", "identity"));
        assertThat(call("").output()).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Transfer-Encoding: chunked,Content-Length: 3 | the answer has both Transfer-Encoding and Content-Length",
                "Content-Length: 3,Transfer-Encoding: chunked | the answer has both Transfer-Encoding and Content-Length",
                "Transfer-Encoding: gzip | the answer has a Transfer-Encoding other than chunked",
                "Content-Length: 3,Content-Length: 13 | the answer has more than one Content-Length",
            })
    void anAnswerWhoseEndIsNotCertainIsRefused(String headers, String problem) throws Exception {
        String reply = "HTTP/1.1 200 OK\r\n" + headers.replace(",", "\r\n") + "\r\n\r\n3\r\n123\r\n0\r\n\r\n";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> gone = CompletableFuture.supplyAsync(() -> answerOnce(server, reply));

            AgentAnswer answer = answer(
                    transports,
                    Attempts.of("{'kind':'http','url':'http://localhost:" + server.getLocalPort() + "'}", "1"));

            assertThat(answer.status()).isEqualTo(Status.FAILED);
            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.OUTPUT_INVALID);
            assertThat(answer.error().message()).startsWith(problem);
            assertThat(await(gone)).as("the connection is given up").isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-5", "99999999999999999999999"})
    void anAnswerWhoseLengthIsNoneIsTriedAgain(String length) throws Exception {
        String reply = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n123";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Boolean> gone = CompletableFuture.supplyAsync(() -> answerOnce(server, reply));

            AgentAnswer answer = answer(
                    transports,
                    Attempts.of("{'kind':'http','url':'http://localhost:" + server.getLocalPort() + "'}", "1"));

            assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
            assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
            assertThat(await(gone)).as("the connection is given up").isTrue();
        }
    }

    /** Whether the client closes the connection after the reply. */
    private static boolean answerOnce(ServerSocket server, String reply) {
        try (Socket client = server.accept()) {
            InputStream in = client.getInputStream();
            for (String end = ""; !end.endsWith("\r\n\r\n1"); ) {
                end += (char) in.read();
            }
            client.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            return in.read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() {
        agent.answer(Response.closed());
        assertUnreachable(call(""), "the connection to the agent broke");

        agent.answer(Response.truncated("{\"a\":"));
        assertUnreachable(call(""), "the connection to the agent broke");
    }

    @Test
    void whatWasSentAndNotAnsweredIsLost() {
        agent.answer(Response.closed());
        assertThat(call("").unmetered()).isTrue();
        assertThat(call(",'protocol':'a2a'").unmetered()).isTrue();

        agent.answer(Response.truncated("{\"a\":"));
        assertThat(call("").unmetered()).isTrue();

        agent.answer(Response.of(200, "1").after(Duration.ofMinutes(5)));
        AgentAnswer late = answer(transports, Attempts.within(500, settings(""), "1"));
        assertThat(late.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(late.unmetered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 307, 400, 429, 500, 504})
    void whatWasAnsweredOrRefusedIsNotLost(int status) {
        agent.answer(Response.of(status, "1").with("Millrace-Usage", "input=0, output=0"));

        assertThat(call("").unmetered()).isFalse();
    }

    @Test
    void anAnswerThatDoesNotSayWhatItTookIsUnmetered() {
        for (String said : List.of("", "input=-1, output=0", "input=1e300, output=NaN")) {
            agent.answer(Response.of(200, "1").with("Millrace-Usage", said));
            assertThat(call("").unmetered()).isTrue();
        }
        agent.answer(Response.of(503, ""));
        assertThat(call("").unmetered()).isFalse();
    }

    @Test
    void whatCouldNotBeSentIsNotLost() throws IOException {
        String nobody = "{'kind':'http','url':'http://localhost:" + FreePort.find() + "/'}";
        assertThat(answer(transports, Attempts.of(nobody, "1")).unmetered()).isFalse();

        String plain = "{'kind':'http','url':'" + agent.url().replace("http:", "https:") + "'}";
        assertThat(answer(transports, Attempts.of(plain, "1")).unmetered()).isFalse();

        try (FullServer full = FullServer.open()) {
            AgentAnswer late =
                    answer(transports, Attempts.within(500, "{'kind':'http','url':'" + full.url() + "'}", "1"));
            assertThat(late.status()).isEqualTo(Status.TIMED_OUT);
            assertThat(late.unmetered()).isFalse();
        }
    }

    /** A server that takes no further connection. */
    private record FullServer(ServerSocket server, List<Socket> clients) implements AutoCloseable {
        private static final int CONNECT_MILLIS = 500;

        static FullServer open() throws IOException {
            FullServer full =
                    new FullServer(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), new ArrayList<>());
            while (full.takesAnother()) {
                assertThat(full.clients()).hasSizeLessThan(100);
            }
            return full;
        }

        private boolean takesAnother() throws IOException {
            Socket client = new Socket();
            clients.add(client);
            try {
                client.connect(server.getLocalSocketAddress(), CONNECT_MILLIS);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            }
        }

        String url() {
            return "http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort() + "/";
        }

        @Override
        public void close() throws IOException {
            for (Socket client : clients) {
                client.close();
            }
            server.close();
        }
    }

    @Test
    void nobodyThereIsTriedAgain() {
        String nobody = "{'kind':'http','url':'http://localhost:" + FreePort.find() + "/'}";
        assertUnreachable(answer(transports, Attempts.of(nobody, "1")), "no connection to the agent");

        String unknown = "{'kind':'http','url':'http://no-such-host.invalid/'}";
        assertUnreachable(answer(transports, Attempts.of(unknown, "1")), "no connection to the agent");

        String plain = "{'kind':'http','url':'" + agent.url().replace("http:", "https:") + "'}";
        AgentAnswer answer = answer(transports, Attempts.of(plain, "1"));
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
    }

    private static void assertUnreachable(AgentAnswer answer, String message) {
        assertThat(answer.status()).isEqualTo(Status.RETRYABLE);
        assertThat(answer.error().code()).isEqualTo(AgentErrorCode.UNREACHABLE);
        assertThat(answer.error().message()).isEqualTo(message);
    }

    @Test
    void aCancelledCallFreesItsConnection() {
        agent.answer(Response.of(200, "x".repeat(1_000_000)).after(Duration.ofMillis(500)));
        CompletableFuture<AgentAnswer> call = transports.call(Attempts.of(settings(""), "1"));
        Await.until("the agent to be called", () -> agent.unanswered() == 1);

        call.cancel(true);

        Await.until("the server to find its client gone", () -> agent.gone() == 1);
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        agent.answer(Response.of(200, "x".repeat(1_000_000)).after(Duration.ofMillis(500)));
        CompletableFuture<AgentAnswer> call = transports.call(Attempts.of(settings(""), "1"));
        Await.until("the agent to be called", () -> agent.unanswered() == 1);
        assertThat(transports.underWay()).isEqualTo(1);

        transports.close();

        assertUnreachable(await(call), "the call was given up");
        assertThat(transports.underWay()).isZero();
        Await.until("the server to find its client gone", () -> agent.gone() == 1);
    }

    @Test
    void aThousandCallsAreUnderWayAtOnceAndTakeFewThreads() {
        agent.hold();
        int threadsBefore = Thread.activeCount();
        List<CompletableFuture<AgentAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(transports.call(Attempts.under("key-" + i, settings(""), Integer.toString(i))));
        }
        Await.until("the agent to be asked by all", () -> agent.unanswered() == 1_000);
        int threadsMeanwhile = Thread.activeCount();

        agent.letGo();

        for (int i = 0; i < 1_000; i++) {
            assertThat(await(calls.get(i)).output()).isEqualTo(Integer.toString(i));
        }
        assertThat(threadsMeanwhile - threadsBefore).isLessThan(10);
    }
}
