package io.millrace.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.access.Role;
import io.millrace.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTest {
    private static final String ANN = "ann";

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private GatewayBed gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayBed.of(
                directory,
                GatewayBed.caller(ANN, "acme", "ann", Role.USER),
                GatewayBed.caller("ops", "acme", null, Role.OPERATOR));
        gateway.model().live();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    /** An event as it came. */
    private record Event(String name, String id, String data) {}

    /** Reads events, as a browser would. */
    private static final class Reader implements AutoCloseable {
        private final BufferedReader lines;

        private Reader(InputStream in) {
            lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        Event next() throws IOException {
            String name = null;
            String id = null;
            StringBuilder data = new StringBuilder();
            while (true) {
                String line = lines.readLine();
                if (line == null) {
                    return null;
                }
                if (line.isEmpty() && data.length() > 0) {
                    return new Event(name, id, data.toString());
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("data: ")) {
                    data.append(line.substring(6));
                }
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private Reader follow(String token, String query, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.uri("/v1/stream?" + query)).header("Authorization", "Bearer " + token);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        HttpResponse<InputStream> reply =
                gateway.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type")).contains("text/event-stream");
        return new Reader(reply.body());
    }

    @Test
    void whatChangesIsToldAsItIs() throws Exception {
        try (Reader events = follow(ANN, "topics=tasks,reminders")) {
            assertThat(events.next().name()).isEqualTo("open");
            gateway.model().tell(log.task("acme", "ann", "t", 1), log.task("acme", "bob", "his", 1));

            Event told = events.next();
            assertThat(told.name()).isEqualTo("tasks");
            assertThat(told.data()).startsWith("{\"id\":\"t\",\"view\":{").contains("\"title\":\"Task t\"");

            gateway.model().tell(log.reminder("acme", "ann", "t", TestRecords.START));
            assertThat(events.next().name()).isEqualTo("reminders");
            gateway.model().tell(log.deleted("acme", "ann", "t", 2));
            assertThat(events.next().data()).isEqualTo("{\"id\":\"t\",\"view\":null}");
        }
    }

    @Test
    void whoComesAgainIsToldWhatCameMeanwhileAndNothingTwice() throws Exception {
        String last;
        try (Reader events = follow(ANN, "topics=tasks")) {
            events.next();
            gateway.model().tell(log.task("acme", "ann", "one", 1));
            last = events.next().id();
        }
        gateway.model().tell(log.task("acme", "ann", "two", 1));
        gateway.model().tell(log.task("acme", "ann", "three", 1));

        try (Reader events = follow(ANN, "topics=tasks", "Last-Event-ID", last)) {
            assertThat(events.next().data()).contains("\"id\":\"two\"");
            assertThat(events.next().data()).contains("\"id\":\"three\"");
        }
        try (Reader events = follow(ANN, "topics=tasks&from=" + last)) {
            assertThat(events.next().data()).contains("\"id\":\"two\"");
        }
    }

    @Test
    void whoComesFromAnotherModelIsToldToAskForAllAgain() throws Exception {
        gateway.model().tell(log.task("acme", "ann", "one", 1));
        try (Reader events = follow(ANN, "topics=tasks&from=abc-1")) {
            assertThat(events.next().name()).isEqualTo("reset");
        }
        String epoch = gateway.model().model().progress().epoch();
        try (Reader events = follow(ANN, "topics=tasks&from=" + epoch + "-999")) {
            assertThat(events.next().name()).isEqualTo("reset");
        }
    }

    @Test
    void aModelThatIsMadeAnewResetsThoseWhoFollow() throws Exception {
        try (Reader events = follow(ANN, "topics=tasks")) {
            events.next();
            gateway.model().model().restart();

            assertThat(events.next().name()).isEqualTo("reset");
        }
    }

    @Test
    void ofSeveralChangesAtATimeTheLastOneIsTold() throws Exception {
        try (Reader events = follow(ANN, "topics=tasks")) {
            events.next();
            gateway.model()
                    .tell(
                            log.task("acme", "ann", "t", 1),
                            log.task("acme", "ann", "t", 2),
                            log.task("acme", "ann", "t", 3));

            assertThat(events.next().data()).contains("\"version\":3");
            gateway.model().tell(log.task("acme", "ann", "after", 1));
            assertThat(events.next().data()).contains("\"id\":\"after\"");
        }
    }

    @Test
    void manyChangesAreAllToldInOrder() throws Exception {
        try (Reader events = follow("ops", "topics=runs,approvals")) {
            events.next();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 3 * ChangeStream.MOST_AT_A_TIME; i++) {
                gateway.model().tell(log.run("acme", "r-" + i, 1, "running", run -> {}));
                expected.add("r-" + i);
            }
            List<String> told = new ArrayList<>();
            for (int i = 0; i < expected.size(); i++) {
                told.add(TestRecords.json(events.next().data().getBytes(StandardCharsets.UTF_8))
                        .path("id")
                        .asText());
            }
            assertThat(told).isEqualTo(expected);
        }
    }

    @Test
    void aViewWithLineBreaksIsOneEvent() throws Exception {
        try (Reader events = follow(ANN, "topics=tasks")) {
            events.next();
            var record = log.task("acme", "ann", "t", 1);
            gateway.model()
                    .tell(log.record(
                            record.topic(),
                            "ann",
                            new String(record.value(), StandardCharsets.UTF_8)
                                    .replace(",", ",\n\r\n")
                                    .getBytes(StandardCharsets.UTF_8),
                            List.of()));

            assertThat(events.next().data()).contains("\"title\":\"Task t\"").contains("\"id\":\"t\"");
        }
    }

    @Test
    void whoDoesNotReadIsLetGoOfAndKeepsNobodyWaiting() throws Exception {
        String body = "x".repeat(9_000);
        try (Socket slow = new Socket("localhost", gateway.uri("/").getPort())) {
            slow.setReceiveBufferSize(1_024);
            slow.getOutputStream()
                    .write(
                            ("GET /v1/stream?topics=tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ann\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            Await.until("the stream", () -> gateway.streams().count() == 1);
            try (Reader events = follow(ANN, "topics=tasks")) {
                events.next();
                for (int i = 0; i < 2_000; i++) {
                    String id = "t-" + i;
                    gateway.model().tell(log.task("acme", "ann", id, 1, view -> view.put("description", body)));
                    if (i % 100 == 0) {
                        Event told = events.next();
                        assertThat(told.name()).isEqualTo("tasks");
                    }
                }
                Event last;
                do {
                    last = events.next();
                } while (!last.data().contains("\"id\":\"t-1999\""));
            }
        }
        long[] version = {0};
        Await.until("nobody follows any more", () -> {
            gateway.model().tell(log.task("acme", "ann", "tick", ++version[0]));
            return gateway.streams().count() == 0;
        });
    }

    @Test
    void thereIsABoundToHowManyFollow() throws Exception {
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            readers.add(follow(ANN, "topics=tasks"));
        }
        Await.until("all follow", () -> gateway.streams().count() == 20);

        HttpResponse<String> reply = gateway.get(ANN, "/v1/stream?topics=tasks");
        assertThat(reply.statusCode()).isEqualTo(503);
        for (Reader reader : readers) {
            reader.close();
        }
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(gateway.get(ANN, "/v1/stream").statusCode()).isEqualTo(400);
        assertThat(gateway.get(ANN, "/v1/stream?topics=nonsense").statusCode()).isEqualTo(400);
        assertThat(gateway.get(ANN, "/v1/stream?topics=tasks&from=x").statusCode())
                .isEqualTo(400);
        assertThat(gateway.get(ANN, "/v1/stream?topics=runs").statusCode()).isEqualTo(403);
        assertThat(gateway.get("ops", "/v1/stream?topics=tasks").statusCode()).isEqualTo(400);
    }

    @Test
    void whenTheGatewayStopsStreamsEnd() throws Exception {
        try (Reader events = follow(ANN, "topics=tasks")) {
            events.next();
            gateway.streams().close();

            assertThat(events.next()).isNull();
        }
    }
}
