package io.millrace.local.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackMetricsTest {

    private final int port = FreePort.find();
    private final List<Socket> clients = new ArrayList<>();
    private LoopbackMetrics metrics;

    @BeforeEach
    void start() throws IOException {
        metrics = new LoopbackMetrics(port);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        metrics.close();
    }

    @ParameterizedTest
    @CsvSource({"1, ''", "1, GET /met", "1, 'GET / HTTP/1.1\r\nHost: localhost\r\n'", "9, GET /met"})
    void requestsThatAreNotSentToTheEndStopNoOthers(int many, String sent) throws IOException, InterruptedException {
        for (int i = 0; i < many; i++) {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
            clients.add(client);
            client.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        }

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics"))
                                .timeout(Duration.ofMinutes(1))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
