package io.millrace.gateway.http;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.access.Role;
import io.millrace.gateway.log.Lag;
import io.millrace.testing.Await;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
    @TempDir
    Path directory;

    private GatewayBed gateway;

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private void open() throws Exception {
        gateway = GatewayBed.open(directory);
    }

    private static String code(HttpResponse<String> reply) {
        return json(reply.body().getBytes(StandardCharsets.UTF_8)).path("code").asText();
    }

    /** What a plain socket gets: a client would not send such requests. */
    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("localhost", gateway.uri("/").getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(reply);
            return reply.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPageThatFoundANameForThisMachineIsRefused() throws Exception {
        open();

        assertThat(raw("GET /v1/tasks?user=ann HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .contains("unknown_host");
        assertThat(raw("GET /v1/tasks?user=ann HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("GET /health HTTP/1.1\r\nHost: 10.0.0.7:8088\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aPageOfAnotherOriginIsRefused() throws Exception {
        open();

        HttpResponse<String> reply = gateway.get(null, "/v1/tasks?user=ann", "Origin", "https://evil.example.com");
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(gateway.send(null, "OPTIONS", "/v1/tasks", null, "Origin", "https://evil.example.com")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPageOfAnAllowedOriginMayReadWhatItIsAnswered() throws Exception {
        gateway = GatewayBed.of(directory, GatewayBed.caller("ann", "acme", "ann", Role.USER));

        HttpResponse<String> reply = gateway.get("ann", "/v1/tasks", "Origin", "https://shop.example.com");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("access-control-allow-origin")).contains("https://shop.example.com");
        HttpResponse<String> preflight =
                gateway.send(null, "OPTIONS", "/v1/tasks", null, "Origin", "https://shop.example.com");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .hasValueSatisfying(headers -> assertThat(headers).contains("Authorization"));
    }

    @Test
    void aFormOfAPageIsNoRequest() throws Exception {
        open();

        HttpResponse<String> reply =
                gateway.send(null, "POST", "/v1/tasks?user=ann", "{\"title\":\"a\"}", "Content-Type", "text/plain");
        assertThat(reply.statusCode()).isEqualTo(415);
        assertThat(gateway.written()).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        open();

        HttpResponse<String> reply =
                gateway.post(null, "/v1/tasks?user=ann", "{\"title\":\"" + "x".repeat(300_000) + "\"}");
        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(code(reply)).isEqualTo("too_large");
    }

    /** Another request behind a body that nobody reads would be lost. */
    @Test
    void whoIsRefusedBeforeTheBodyIsReadIsToldThatTheConnectionEnds() throws Exception {
        open();

        String head = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n";
        assertThat(raw("POST /v1/tasks?user=ann" + head + "Origin: https://evil.example.com\r\n\r\n{}"))
                .startsWith("HTTP/1.1 403")
                .contains("Connection: close");
        assertThat(raw("POST /v1/tasks?user=ann" + head + "\r\n{}"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Connection: close");
    }

    @Test
    void whatIsNoRequestIsRefusedWithoutAWordOfTheServer() throws Exception {
        open();

        for (String request : new String[] {
            "rubbish\r\n\r\n",
            "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /v1/tasks?user=%GG HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /v1/tasks/%2e%2e HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET /v1/tasks HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"
        }) {
            assertThat(raw(request)).as(request).startsWith("HTTP/1.1 4").doesNotContain("etty", "Exception");
        }
        assertThat(gateway.get(null, "/v1/tasks?user=ann").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereIsSaidInTheSameWay() throws Exception {
        open();

        HttpResponse<String> none = gateway.get(null, "/v2/tasks");
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.headers().firstValue("content-type")).contains("application/problem+json");
        HttpResponse<String> method = gateway.send(null, "DELETE", "/v1/tasks", null);
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("allow")).contains("GET, POST");
        assertThat(gateway.send(null, "HEAD", "/v1/tasks?user=ann", null).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aStreamIsNotAskedForItsHeadersAlone() throws Exception {
        open();

        HttpResponse<String> reply = gateway.send(null, "HEAD", "/v1/stream?topics=tasks&user=ann", null);
        assertThat(reply.statusCode()).isEqualTo(405);
        assertThat(reply.headers().firstValue("allow")).contains("GET");
        assertThat(gateway.streams().count()).isZero();
    }

    @Test
    void whoSendsTooManyRequestsIsToldToWait() throws Exception {
        gateway = GatewayBed.limited(directory, 2);

        assertThat(gateway.get(null, "/v1/me").statusCode()).isEqualTo(200);
        assertThat(gateway.get(null, "/v1/me").statusCode()).isEqualTo(200);
        HttpResponse<String> reply = gateway.get(null, "/v1/me");
        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.headers().firstValue("retry-after")).contains("1");
        assertThat(gateway.get(null, "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void whoseBodiesDoNotComeKeepsNobodyElseWaiting() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller("ann", "acme", "ann", Role.USER),
                GatewayBed.caller("bob", "acme", "bob", Role.USER));
        List<Socket> open = new ArrayList<>();
        try {
            // More than there are threads.
            for (int i = 0; i < 60; i++) {
                open.add(begin("POST /v1/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ann\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"));
            }
            Await.until("refusal", () -> gateway.get("ann", "/v1/me").statusCode() == 429);

            long began = System.nanoTime();
            assertThat(gateway.get("bob", "/v1/me").statusCode()).isEqualTo(200);
            assertThat(gateway.get(null, "/health").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        Await.until("room", () -> gateway.get("ann", "/v1/me").statusCode() == 200);
    }

    private Socket begin(String request) throws Exception {
        Socket socket = new Socket("localhost", gateway.uri("/").getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    @Test
    void withoutLoginTheTenantIsTheOneThatIsNamed() throws Exception {
        open();

        assertThat(gateway.get(null, "/v1/me", "Millrace-Tenant", "acme").body())
                .contains("\"tenant\":\"acme\"", "whoever reaches it may do everything");
        assertThat(gateway.get(null, "/v1/me").body()).contains("\"tenant\":\"default\"");
    }

    @Test
    void aGatewayThatIsBehindIsNotReadyAndSaysSo() throws Exception {
        open();
        assertThat(gateway.get(null, "/ready").statusCode()).isEqualTo(200);

        gateway.lag(new Lag(true, Map.of("task-updates", 101L), System.nanoTime(), null));
        HttpResponse<String> behind = gateway.get(null, "/ready");
        assertThat(behind.statusCode()).isEqualTo(503);
        assertThat(behind.body()).contains("\"lag_records\":101", "\"task-updates\":101");

        gateway.lag(new Lag(false, Map.of(), System.nanoTime(), "no broker"));
        assertThat(gateway.get(null, "/ready").body()).contains("no broker");

        gateway.lag(new Lag(true, Map.of(), System.nanoTime() - 60_000_000_000L, null));
        assertThat(gateway.get(null, "/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aGatewayWhoseModelIsToldNothingMoreHasToBeStartedAgain() throws Exception {
        open();
        assertThat(gateway.get(null, "/health").statusCode()).isEqualTo(200);
        gateway.dies();

        assertThat(gateway.get(null, "/health").statusCode()).isEqualTo(503);
    }

    @Test
    void figuresAreAsPrometheusReadsThem() throws Exception {
        open();
        gateway.get(null, "/v1/me");
        gateway.get(null, "/nowhere");

        // A request is counted after it was answered.
        Await.until("figures", () -> gateway.get(null, "/metrics").body().contains("route=\"none\",status=\"404\""));
        String figures = gateway.get(null, "/metrics").body();
        assertThat(figures.lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_]+(\\{[^}]*})? [0-9.E+-]+"));
        assertThat(figures)
                .contains(
                        "# TYPE gateway_requests_total counter",
                        "gateway_requests_total{route=\"whoAmI\",status=\"200\"} 1\n",
                        "gateway_request_seconds_bucket{route=\"whoAmI\",le=\"+Inf\"} 1\n",
                        "gateway_streams 0\n");
    }
}
