package io.millrace.testing.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerITCase {
    @Test
    void itSpeaksNatsAndComesBackOnItsPort(@TempDir Path logs) throws IOException {
        try (NatsServer server = NatsServer.start(logs)) {
            assertThat(greeting(server)).startsWith("INFO {");
            server.kill();
            assertThatThrownBy(() -> greeting(server)).isInstanceOf(IOException.class);
            server.start();
            assertThat(greeting(server)).startsWith("INFO {");
        }
    }

    @Test
    void oneThatDoesNotStartSaysWhy(@TempDir Path logs) {
        assertThatThrownBy(() -> NatsServer.start(logs, "-c", "no-such-file.conf"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no-such-file.conf");
    }

    private static String greeting(NatsServer server) throws IOException {
        URI url = URI.create(server.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            return new String(socket.getInputStream().readNBytes(10), StandardCharsets.UTF_8);
        }
    }
}
