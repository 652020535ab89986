package io.millrace.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.operations.kafka.KafkaBroker;
import io.millrace.operations.kafka.TopicAdmin;
import io.millrace.testing.Await;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayProcessITCase {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void itAnswersOverHttpUntilItIsClosed() throws IOException {
        Path home = Path.of(System.getProperty("millrace.home"));
        Files.createDirectories(directory.resolve("logs"));
        try (KafkaBroker broker = KafkaBroker.at(directory.resolve("kafka")).start()) {
            try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers())) {
                topics.ensureTaskTopics(2);
            }
            int port = freePort();
            Optional<GatewayProcess> started = GatewayProcess.start(home, directory, broker.bootstrapServers(), port);
            assumeTrue(started.isPresent(), "the module gateway is not built");
            try (GatewayProcess gateway = started.get()) {
                Await.until(
                        "the gateway",
                        LIMIT,
                        () -> gateway.failure().orElse("it runs"),
                        () -> status(port, "/health") == 200);
                assertThat(status(port, "/v1/tasks?user=ann")).isEqualTo(200);
            }
            assertThat(status(port, "/health")).isZero();
        }
    }

    @Test
    void whereItIsNotBuiltThereIsNone() {
        assertThat(GatewayProcess.start(directory, directory, "localhost:1", 1)).isEmpty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** 0 when nobody answers. */
    private int status(int port, String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .timeout(LIMIT)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
